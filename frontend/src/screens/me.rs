//! What is the reader's own: the look and the language of this browser, the programs that sign in as them, signing out, and the way to their
//! account.
//!
//! Not here: the name, which has its field over the composer, and is asked for from here.

use client::room_list::RoomLine;
use protocol::{
    http::{ApiToken, NewApiToken},
    limits::{API_TOKEN_MS, NAME_SCALARS},
};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

use crate::{
    address, browser,
    calendar::Reading,
    forms::Fields,
    http,
    screens::{
        given::{Given, Takes},
        language::LanguageSetting,
        loaded::use_loaded,
        notifications::Notifications,
    },
    session::{Naming, Session},
    theme::Theme,
    words,
};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Whose.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader.
    pub session: Session,
    /// Their rooms.
    pub rooms: Vec<RoomLine>,
    /// Their now.
    pub reading: Reading,
    /// Told when they want another name.
    pub on_name: Callback<()>,
}

/// Draws it.
#[component]
pub fn Me(props: &Props) -> Html {
    html! {
        <>
            <div class="side-form">
                <h3>{ words::my_name() }</h3>
                <p>{ &props.session.member.name }</p>
                <div class="choices">
                    <button type="button" onclick={props.on_name.reform(|_| ())}>{ words::change_your_name() }</button>
                </div>
                <Look />
                <LanguageSetting />
            </div>
            <Notifications me={props.session.member.id.clone()} rooms={props.rooms.clone()} />
            <Programs reading={props.reading} />
            <SignOut session={props.session.clone()} />
            <p><a href={address::ACCOUNT}>{ words::account() }</a></p>
        </>
    }
}

/// Light or dark.
#[component]
fn Look() -> Html {
    let chosen = use_state(Theme::chosen);
    let choice = |theme: Theme| {
        let chosen_now = *chosen == theme;
        let chosen = chosen.clone();
        let label = match theme {
            Theme::System => words::look_system(),
            Theme::Light => words::look_light(),
            Theme::Dark => words::look_dark(),
        };
        let onchange = move |_| {
            theme.choose();
            chosen.set(theme);
        };
        html! {
            <label class="tick">
                <input type="radio" name="theme" value={theme.as_str()} checked={chosen_now} {onchange} />
                <span>{ label }</span>
            </label>
        }
    };
    html! {
        <fieldset>
            <legend>{ words::look() }</legend>
            { for Theme::ALL.into_iter().map(choice) }
        </fieldset>
    }
}

/// For whom.
#[derive(Clone, PartialEq, Properties)]
struct ProgramsProps {
    reading: Reading,
}

/// What came of the last thing that was done.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    made: Option<ApiToken>,
    problem: Option<String>,
    /// Grows when the list is old.
    turned: u64,
}

/// Programs that sign in as the reader.
#[component]
fn Programs(props: &ProgramsProps) -> Html {
    let outcome = use_state(Outcome::default);
    let tokens = use_loaded(outcome.turned, |_| http::tokens());
    let turned = outcome.turned + 1;
    let onsubmit = {
        let outcome = outcome.setter();
        move |event: SubmitEvent| {
            let fields = Fields::of(&event);
            let days = fields.text("days").parse::<u64>().ok();
            let wanted =
                NewApiToken { name: fields.text("name"), expires_in_ms: days.map(|days| days * DAY_MS) };
            let outcome = outcome.clone();
            spawn_local(async move {
                outcome.set(match http::make_token(&wanted).await {
                    Ok(made) => Outcome { made: Some(made), problem: None, turned },
                    Err(failure) => Outcome { made: None, problem: Some(failure.sentence()), turned },
                });
            });
        }
    };
    let on_revoke = {
        let outcome = outcome.setter();
        Callback::from(move |id: String| {
            let outcome = outcome.clone();
            spawn_local(async move {
                let problem = http::revoke_token(&id).await.err().map(|failure| failure.sentence());
                outcome.set(Outcome { made: None, problem, turned });
            });
        })
    };
    html! {
        <div class="side-form">
            <h3>{ words::programs() }</h3>
            <p class="hint">{ words::programs_means() }</p>
            { tokens.instead() }
            <ul class="cards" aria-label={words::tokens()}>
                { for tokens.here().into_iter().flat_map(|listed| &listed.tokens).map(|token| html! {
                    <TokenLine key={token.id.clone()} token={token.clone()} reading={props.reading} on_revoke={&on_revoke} />
                }) }
            </ul>
            { outcome.made.as_ref().and_then(|made| made.token.as_deref()).map(minted).unwrap_or_default() }
            <form class="asking" {onsubmit}>
                <label class="field">{ words::program_name() }<input name="name" required=true maxlength={NAME_SCALARS.to_string()} autocomplete="off" /></label>
                <label class="field">{ words::good_for_days() }<Given name="days" takes={Takes::Number(API_TOKEN_MS / DAY_MS)} value="90" /></label>
                <div class="choices"><button type="submit">{ words::make_a_token() }</button></div>
            </form>
            <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
        </div>
    }
}

fn minted(token: &str) -> Html {
    let copied = token.to_owned();
    let onclick = move |_| {
        let token = copied.clone();
        spawn_local(async move {
            if browser::copy(&token).await.is_err() {
                tracing::warn!("this browser does not let the page copy");
            }
        });
    };
    html! {
        <div class="asking">
            <label class="field">
                { words::token_once() }
                <input readonly=true value={token.to_owned()} />
            </label>
            <div class="choices"><button type="button" class="primary" {onclick}>{ words::copy_the_token() }</button></div>
        </div>
    }
}

/// A token.
#[derive(Clone, PartialEq, Properties)]
pub struct TokenProps {
    /// It.
    pub token: ApiToken,
    /// The reader's now.
    pub reading: Reading,
    /// Told which is to be taken back.
    pub on_revoke: Callback<String>,
}

/// Draws a token; taking it back is asked for once.
#[component]
pub fn TokenLine(props: &TokenProps) -> Html {
    let asked = use_state(|| false);
    let turn = |to: bool| {
        let asked = asked.clone();
        Callback::from(move |_| asked.set(to))
    };
    let token = &props.token;
    let id = token.id.clone();
    html! {
        <li class="person">
            <div>
                <span class="name">{ &token.name }</span>
                <small>{ words::until(&props.reading.full(token.expires_at)) }</small>
            </div>
            if *asked {
                <button type="button" class="danger" onclick={props.on_revoke.reform(move |_| id.clone())}>{ words::end_token_yes() }</button>
                <button type="button" onclick={turn(false)}>{ words::keep() }</button>
            } else {
                <button type="button" aria-label={words::take_back_what(&token.name)} onclick={turn(true)}>{ words::take_back() }</button>
            }
        </li>
    }
}

/// Who.
#[derive(Clone, PartialEq, Properties)]
pub struct SignOutProps {
    /// The reader.
    pub session: Session,
}

/// Signing out: asked for once, since a guest cannot come back as who they were.
#[component]
pub fn SignOut(props: &SignOutProps) -> Html {
    let asked = use_state(|| false);
    let problem = use_state(|| None::<String>);
    let turn = |to: bool| {
        let asked = asked.clone();
        Callback::from(move |_| asked.set(to))
    };
    let on_leave = {
        let problem = problem.setter();
        Callback::from(move |_| {
            let problem = problem.clone();
            spawn_local(async move {
                if let Err(failure) = Session::leave().await {
                    problem.set(Some(failure.sentence()));
                }
            });
        })
    };
    let warning = match props.session.naming {
        Naming::Guest => words::sign_out_guest(),
        Naming::Chosen => words::sign_out_chosen(),
    };
    html! {
        <div class="side-form">
            <h3>{ words::sign_out() }</h3>
            if *asked {
                <div class="asking">
                    <p>{ warning }</p>
                    <p class="trouble" role="alert">{ for (*problem).clone() }</p>
                    <div class="choices">
                        <button type="button" class="danger" onclick={on_leave}>{ words::sign_out() }</button>
                        <button type="button" onclick={turn(false)}>{ words::leave_no() }</button>
                    </div>
                </div>
            } else {
                <div class="choices"><button type="button" onclick={turn(true)}>{ words::sign_out_here() }</button></div>
            }
        </div>
    }
}
