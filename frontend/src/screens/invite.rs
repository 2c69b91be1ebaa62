//! Inviting people: a link with its uses and its end, to copy, to show to a phone, to take back.

use protocol::{
    Slug,
    http::{Invite as Invitation, NewInvite},
    limits::{INVITE_LONGEST_MS, INVITE_USES},
};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

use crate::{
    browser,
    calendar::Reading,
    forms::Fields,
    http,
    screens::{
        code,
        given::{Given, Takes},
    },
    words,
};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Into which room.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// The reader's now.
    pub reading: Reading,
}

/// What came of the last thing that was done.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    made: Option<Invitation>,
    told: Option<&'static str>,
    problem: Option<String>,
}

/// Draws the form, and the link once there is one.
#[component]
pub fn Invite(props: &Props) -> Html {
    let outcome = use_state(Outcome::default);
    let onsubmit = {
        let (room, outcome) = (props.room.clone(), outcome.setter());
        move |event: SubmitEvent| {
            let fields = Fields::of(&event);
            let number = |name: &str| fields.text(name).parse::<u32>().ok();
            let days = number("days").map(|days| u64::from(days) * DAY_MS);
            let wanted = NewInvite { uses: number("uses"), expires_in_ms: days };
            let (room, outcome) = (room.clone(), outcome.clone());
            spawn_local(async move {
                outcome.set(match http::invite(&room, &wanted).await {
                    Ok(made) => Outcome { made: Some(made), ..Outcome::default() },
                    Err(failure) => Outcome { problem: Some(failure.sentence()), ..Outcome::default() },
                });
            });
        }
    };
    let made = outcome.made.clone().map(|invitation| {
        let on_copy = {
            let (outcome, link) = (outcome.clone(), invitation.url.clone());
            Callback::from(move |()| copy(&outcome, link.clone()))
        };
        let on_take_back = {
            let (outcome, room, code) = (outcome.setter(), props.room.clone(), invitation.code.clone());
            Callback::from(move |()| {
                let (outcome, room, code) = (outcome.clone(), room.clone(), code.clone());
                spawn_local(async move {
                    outcome.set(match http::take_back(&room, &code).await {
                        Ok(()) => Outcome { told: Some(words::link_taken_back()), ..Outcome::default() },
                        Err(failure) => Outcome { problem: Some(failure.sentence()), ..Outcome::default() },
                    });
                });
            })
        };
        html! { <Link {invitation} reading={props.reading} {on_copy} {on_take_back} /> }
    });
    html! {
        <>
            <form class="side-form" {onsubmit}>
                <label class="field">
                    { words::for_how_many() }
                    <Given name="uses" takes={Takes::Number(u64::from(INVITE_USES))} value="1" />
                </label>
                <label class="field">
                    { words::good_for_days() }
                    <Given name="days" takes={Takes::Number(INVITE_LONGEST_MS / DAY_MS)} value="7" />
                </label>
                <div class="choices"><button type="submit" class="primary">{ words::make_a_link() }</button></div>
            </form>
            // A place of its own, empty or not: where `for` draws one more, yew makes the neighbours anew, with what was typed in them.
            { made.unwrap_or_default() }
            <p class="hint" role="status">{ for outcome.told }</p>
            <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
        </>
    }
}

/// A browser that does not let a page copy leaves the link in its field, selected by a tap.
fn copy(outcome: &yew::UseStateHandle<Outcome>, link: String) {
    let (setter, held) = (outcome.setter(), (**outcome).clone());
    spawn_local(async move {
        setter.set(match browser::copy(&link).await {
            Ok(()) => Outcome { told: Some(words::link_copied()), problem: None, ..held },
            Err(_) => {
                let why = words::cannot_copy().to_owned();
                Outcome { told: None, problem: Some(why), ..held }
            }
        });
    });
}

/// An invitation.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkProps {
    /// It.
    pub invitation: Invitation,
    /// The reader's now.
    pub reading: Reading,
    /// Told when it is to be copied.
    pub on_copy: Callback<()>,
    /// Told when it is to be taken back.
    pub on_take_back: Callback<()>,
}

/// Draws it: the link, the code of it, and how long it is good for how many.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let Invitation { url, uses, expires_at, .. } = &props.invitation;
    html! {
        <div class="side-form">
            <label class="field">
                { words::send_this_link() }
                <input readonly=true value={url.clone()} />
            </label>
            <p class="hint">{ words::link_lets_in(*uses, &props.reading.full(*expires_at)) }</p>
            <div class="choices">
                <button type="button" class="primary" onclick={props.on_copy.reform(|_| ())}>{ words::copy_the_link() }</button>
                <button type="button" class="danger" onclick={props.on_take_back.reform(|_| ())}>{ words::take_it_back() }</button>
            </div>
            { code::draw(url) }
        </div>
    }
}
