//! What stands over and around the keys: composers in every state, bars, suggestions, skeletons.

use client::{
    completing::{About, Candidate},
    tray::{Refusal, Stage, Tray},
    view::Connection,
};
use protocol::{CloseCode, Member, limits::TEXT_SCALARS};
use yew::{Callback, Html, html};

use super::samples::{bob, cem, file, member_id, reading, room, seq};
use crate::{
    completion::Suggest,
    components::{
        Answered, Composer, ConnectionBar, DiskBar, EndedRoom, NameField, TypingLine, skeleton,
        suggestions::suggestions,
    },
    scene::Disk,
};

/// What is special about a composer.
#[derive(Default)]
struct State {
    draft: String,
    tray: Tray,
    answered: Option<Answered>,
    slow_ms: Option<u64>,
    hovered: bool,
}

pub fn composers() -> Html {
    let answered = Some(Answered { seq: seq(1), name: bob().name });
    let states = [
        ("empty", State::default()),
        (
            "answering",
            State { answered, draft: "With a **preview** of `marks`".to_owned(), ..State::default() },
        ),
        ("files", State { tray: tray(), ..State::default() }),
        (
            "slow",
            State { slow_ms: Some(12_000), draft: "One message in a while".to_owned(), ..State::default() },
        ),
        ("near", State { draft: "x".repeat(TEXT_SCALARS - 20), ..State::default() }),
        ("over", State { draft: "x".repeat(TEXT_SCALARS + 1), ..State::default() }),
        ("hovered", State { hovered: true, ..State::default() }),
    ];
    states.into_iter().map(|(name, state)| composer(name, state)).collect()
}

fn composer(name: &str, state: State) -> Html {
    html! {
        <Composer
            room={room(name)}
            takes_files={true}
            tray={state.tray}
            hovered={state.hovered}
            on_wish={Callback::noop()}
            title={name.to_owned()}
            draft={state.draft}
            answered={state.answered}
            suggest={Suggest::from(|_| Vec::new())}
            slow_ms={state.slow_ms}
            on_intent={Callback::noop()}
            on_draft={Callback::noop()}
            on_step={Callback::noop()}
            on_edit_last={Callback::noop()}
        />
    }
}

/// A file in each stage.
fn tray() -> Tray {
    const MOST_BYTES: u64 = 10 << 20;
    let mut tray = Tray::restore(vec![file("there.pdf")]);
    let stages = [
        ("going.pdf", Stage::Going { sent: 300_000 }),
        ("failed.pdf", Stage::Failed("Edgewise cannot be reached.".to_owned())),
        ("refused.pdf", Stage::Refused(Refusal::TooLarge(MOST_BYTES))),
    ];
    for (name, stage) in stages {
        if let Some(place) = tray.put(name.to_owned(), 1_000_000, MOST_BYTES) {
            tray.note(place, stage);
        }
    }
    tray
}

pub fn bars(me: &Member) -> Html {
    let connections = [
        Connection::Connecting,
        Connection::Offline,
        Connection::Waiting { until: reading().now.plus(3_200) },
        Connection::Ended { code: CloseCode::NoSession.code() },
        Connection::Ended { code: CloseCode::Kicked.code() },
        Connection::Ended { code: CloseCode::TooManySockets.code() },
    ];
    let typing = [vec![bob()], vec![bob(), cem()], vec![bob(), cem(), me.clone(), bob()]];
    html! {
        <>
            { for connections.into_iter().map(connection) }
            <DiskBar disk={Disk::Failing} />
            <NameField
                name={me.name.clone()}
                provider={Some("id.example".to_owned())}
                problem={Some("Somebody here has a name that looks like it.".to_owned())}
                on_rename={Callback::noop()}
                on_keep={Callback::noop()}
            />
            { for typing.into_iter().map(|members| html! { <TypingLine {members} /> }) }
            <EndedRoom code={CloseCode::NoSuchRoom.code()} on_reload={Callback::noop()} on_sign_in={Callback::noop()} />
        </>
    }
}

fn connection(connection: Connection) -> Html {
    html! {
        <ConnectionBar
            {connection}
            reading={reading()}
            on_intent={Callback::noop()}
            on_reload={Callback::noop()}
            on_sign_in={Callback::noop()}
        />
    }
}

pub fn lists() -> Html {
    let candidate =
        |text: &str, label: &str, about| Candidate { text: text.to_owned(), label: label.to_owned(), about };
    let candidates = [
        candidate("@Bob", "Bob", About::Itself),
        candidate("@room", "@room", About::Everybody),
        candidate("👍", ":thumbs_up:", About::Itself),
        candidate("/weather", "/weather", About::Words(member_id("place").to_string())),
    ];
    html! {
        <>
            <div class="place">{ suggestions(&candidates, Some(1), &Callback::noop()) }</div>
            { skeleton() }
        </>
    }
}
