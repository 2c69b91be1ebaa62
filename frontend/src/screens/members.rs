//! Who belongs to the room: what each is, who may not write or come in, and what the reader may do about it.
//!
//! Nothing is done by one press: a deed is chosen, then asked for with its time and reason. Those that let somebody off are done at once.

use client::{
    care::{CareLine, Carer, Deed, PendingDeed, care_lines},
    view::Delivery,
};
use protocol::{
    Availability, End, MemberId, Moderation, Present, Role, Sanction, Slug, limits::REASON_SCALARS,
    room::RoomKind,
};
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

use crate::{
    calendar::Reading,
    components::Avatar,
    forms::Fields,
    http,
    intent::Intent,
    screens::{loaded::use_loaded, span::span},
    words,
};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// How long a mute or a ban may be asked for; 0 is without end.
const TIMES: [u64; 6] = [10 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS, 0];

/// Of which room, for whom.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// What sort of room.
    pub kind: RoomKind,
    /// Who is in it now.
    pub here: Vec<Present>,
    /// What was done about members and is not in the room yet.
    pub deeds: Vec<PendingDeed>,
    /// Grows when the list is old.
    pub turned: u64,
    /// The reader.
    pub me: MemberId,
    /// What they may do.
    pub role: Role,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
}

/// Draws the list.
#[component]
pub fn Members(props: &Props) -> Html {
    let listed = use_loaded((props.room.clone(), props.turned), |(room, _)| {
        let room = room.clone();
        async move { http::members(&room).await }
    });
    let carer = Carer { id: &props.me, role: props.role, now: props.reading.now };
    let lines = listed.here().map(|listed| care_lines(listed, &props.here, carer));
    html! {
        <>
            { listed.instead() }
            <ul class="cards" aria-label={words::members()}>
                { for lines.into_iter().flatten().map(|line| html! {
                    <MemberCard
                        key={line.id.to_string()}
                        pending={props.deeds.iter().find(|deed| deed.member == line.id).cloned()}
                        line={line.clone()}
                        kind={props.kind}
                        me={props.me.clone()}
                        reading={props.reading}
                        on_intent={&props.on_intent}
                    />
                }) }
            </ul>
        </>
    }
}

/// A member.
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// Who, and what can be done.
    pub line: CareLine,
    /// What was done and is not in the room yet.
    pub pending: Option<PendingDeed>,
    /// In what sort of room.
    pub kind: RoomKind,
    /// The reader.
    pub me: MemberId,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
}

/// What of a card is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Closed,
    Choosing,
    Asking(Deed),
}

/// Draws a member, and what can be done about them.
#[component]
pub fn MemberCard(props: &CardProps) -> Html {
    let face = use_state(|| Face::Closed);
    let line = &props.line;
    let turn = |to: Face| {
        let face = face.clone();
        Callback::from(move |()| face.set(to))
    };
    let inside = match *face {
        Face::Closed => Html::default(),
        Face::Choosing => html! {
            <div class="deeds">
                { for line.may.iter().map(|deed| {
                    let deed = *deed;
                    let onclick = match at_once(line, deed) {
                        Some(intent) => {
                            let (close, on_intent) = (turn(Face::Closed), props.on_intent.clone());
                            Callback::from(move |_| {
                                close.emit(());
                                on_intent.emit(intent.clone());
                            })
                        }
                        None => turn(Face::Asking(deed)).reform(|_| ()),
                    };
                    html! { <button type="button" {onclick}>{ named(deed, line.id == props.me) }</button> }
                }) }
            </div>
        },
        Face::Asking(deed) => html! {
            <Question
                line={line.clone()}
                {deed}
                kind={props.kind}
                about_me={line.id == props.me}
                on_intent={&props.on_intent}
                on_done={turn(Face::Closed)}
            />
        },
    };
    let open = *face != Face::Closed;
    let press = if open { words::close() } else { words::change() };
    html! {
        <li class="person">
            <Avatar id={line.id.clone()} name={line.name.clone()} />
            <div>
                <span class="name">{ &line.name }</span>
                <small>{ standing(line, &props.me, props.reading).join(" · ") }</small>
            </div>
            if !line.may.is_empty() {
                <button
                    type="button"
                    aria-expanded={open.to_string()}
                    aria-label={words::what_to_do_about(press, &line.name)}
                    onclick={turn(if open { Face::Closed } else { Face::Choosing }).reform(|_| ())}
                >
                    { press }
                </button>
            }
            { inside }
            { props.pending.as_ref().map(|pending| trouble(pending, &props.on_intent)).unwrap_or_default() }
        </li>
    }
}

fn standing(line: &CareLine, me: &MemberId, reading: Reading) -> Vec<String> {
    let you = (line.id == *me).then(words::you);
    let here = line.here.map(|here| match here {
        Availability::Active => words::here(),
        Availability::Away => words::away(),
    });
    let role = match line.role {
        Role::Owner => Some(words::owner()),
        Role::Moderator => Some(words::moderator()),
        Role::Member => None,
    };
    let muted = line.muted.map(|end| match end {
        End::At(at) => words::muted_until(&reading.full(at)),
        End::Never => words::muted().to_owned(),
    });
    let banned = line.banned.map(|end| match end {
        End::At(at) => words::kept_out_until(&reading.full(at)),
        End::Never => words::kept_out().to_owned(),
    });
    let plain = [you, role, here].into_iter().flatten().map(str::to_owned);
    plain.chain(muted).chain(banned).collect()
}

fn trouble(pending: &PendingDeed, on_intent: &Callback<Intent>) -> Html {
    match &pending.state {
        Delivery::Waiting => html! { <p class="hint" role="status">{ words::deed_on_its_way() }</p> },
        Delivery::Failed { code, reason } => {
            let (retried, discarded) = (pending.id.clone(), pending.id.clone());
            html! {
                <p class="trouble" role="alert">
                    <span>{ words::not_done_because(&words::of_refusal(*code, reason)) }</span>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Retry(retried.clone()))}>{ words::try_again() }</button>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Discard(discarded.clone()))}>{ words::discard() }</button>
                </p>
            }
        }
    }
}

/// What lets somebody off needs no question.
fn at_once(line: &CareLine, deed: Deed) -> Option<Intent> {
    match deed {
        Deed::Sanction(action @ (Sanction::Unban | Sanction::Unmute)) => {
            Some(Intent::Moderate(Moderation { member: line.id.clone(), action, for_ms: None, reason: None }))
        }
        Deed::Sanction(Sanction::Kick | Sanction::Ban | Sanction::Mute) | Deed::Make(_) => None,
    }
}

fn named(deed: Deed, about_me: bool) -> &'static str {
    match (deed, about_me) {
        (Deed::Make(Role::Owner), _) => words::make_owner(),
        (Deed::Make(Role::Moderator), false) => words::make_moderator(),
        (Deed::Make(Role::Member), false) => words::make_member(),
        (Deed::Make(Role::Moderator), true) => words::step_down_to_moderator(),
        (Deed::Make(Role::Member), true) => words::step_down_to_member(),
        (Deed::Sanction(Sanction::Mute), _) => words::mute(),
        (Deed::Sanction(Sanction::Unmute), _) => words::let_write_again(),
        (Deed::Sanction(Sanction::Kick), _) => words::throw_out(),
        (Deed::Sanction(Sanction::Ban), _) => words::keep_out(),
        (Deed::Sanction(Sanction::Unban), _) => words::let_in_again(),
    }
}

/// About whom, and what.
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionProps {
    /// Whom.
    pub line: CareLine,
    /// What.
    pub deed: Deed,
    /// In what sort of room.
    pub kind: RoomKind,
    /// Whether the reader does it to themselves.
    pub about_me: bool,
    /// Takes the wish.
    pub on_intent: Callback<Intent>,
    /// Told when it was answered, either way.
    pub on_done: Callback<()>,
}

/// Asks once: what will happen, for how long, and why.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let onsubmit = {
        let props = props.clone();
        move |event: SubmitEvent| {
            props.on_intent.emit(wish(&props, &Fields::of(&event)));
            props.on_done.emit(());
        }
    };
    let sanction = matches!(props.deed, Deed::Sanction(_));
    let timed = matches!(props.deed, Deed::Sanction(Sanction::Ban | Sanction::Mute));
    html! {
        <form class="asking" {onsubmit}>
            <p>{ consequence(props) }</p>
            if timed {
                <label class="field">
                    { words::for_how_long() }
                    <select name="time">
                        { for TIMES.into_iter().map(time) }
                    </select>
                </label>
            }
            if sanction {
                <label class="field">
                    { words::why_in_log() }
                    <input name="reason" maxlength={REASON_SCALARS.to_string()} autocomplete="off" />
                </label>
            }
            <div class="choices">
                <button type="submit" class="danger">{ named(props.deed, props.about_me) }</button>
                <button type="button" onclick={props.on_done.reform(|_| ())}>{ words::cancel() }</button>
            </div>
        </form>
    }
}

/// An hour is what is asked for first.
fn time(ms: u64) -> Html {
    let label = if ms == 0 { words::until_taken_back().to_owned() } else { span(ms) };
    html! { <option value={ms.to_string()} selected={ms == HOUR_MS}>{ label }</option> }
}

fn wish(props: &QuestionProps, fields: &Fields) -> Intent {
    let member = props.line.id.clone();
    match props.deed {
        Deed::Make(role) => Intent::Role { member, role },
        Deed::Sanction(action) => {
            let reason = fields.text("reason");
            Intent::Moderate(Moderation {
                member,
                action,
                for_ms: fields.text("time").parse().ok().filter(|ms| *ms > 0),
                reason: (!reason.is_empty()).then_some(reason),
            })
        }
    }
}

fn consequence(props: &QuestionProps) -> String {
    let name = &props.line.name;
    let private = props.kind != RoomKind::Public;
    match (props.deed, props.about_me) {
        (Deed::Make(_), true) => words::step_down_means().to_owned(),
        (Deed::Make(Role::Owner), false) => words::make_owner_means(name),
        (Deed::Make(Role::Moderator), false) => words::make_moderator_means(name),
        (Deed::Make(Role::Member), false) => words::make_member_means(name),
        (Deed::Sanction(Sanction::Mute), _) => words::mute_means(name),
        (Deed::Sanction(Sanction::Kick), _) if private => words::throw_out_of_private_means(name),
        (Deed::Sanction(Sanction::Kick), _) => words::throw_out_means(name),
        (Deed::Sanction(Sanction::Ban), _) => words::keep_out_means(name),
        (Deed::Sanction(Sanction::Unban | Sanction::Unmute), _) => words::let_off_means(name),
    }
}
