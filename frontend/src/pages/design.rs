//! `/design`: every component in every state, drawn from the real ones, for whoever changes how Edgewise looks.
//!
//! Not here: anything that is done; all that is shown is fixed, and no wish is heard. Its words are English and stand here, not in the
//! tables that every reader loads: it is read by those who build Edgewise. Invariant: the components are the app's own, so that the
//! page cannot show what is not so.

mod beside;
mod samples;
mod talk;
mod tokens;
mod writing;

use client::view::{Connection, People};
use protocol::{Availability, Member, Role};
use yew::{Callback, Html, Properties, classes, component, html, use_effect_with, use_node_ref, use_state};

use self::samples::{bob, cem, present, room_lines};
use crate::{
    components::{Header, Roster, Sidebar},
    field,
    panel::Panel,
    theme::Theme,
    words,
};

/// The page's own language, whatever the reader's.
const LANGUAGE: &str = "en";
const TITLE: &str = "design";
const TOPIC: &str = "Every component in every state. The panels on both sides are two of them.";

const SIDEBAR: &str = "Sidebar";
const ROSTER: &str = "Roster";
const THEME: &str = "Theme";

/// Who looks.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// What is mine is drawn as theirs.
    pub me: Member,
}

/// A part of the page.
struct Section {
    id: &'static str,
    title: &'static str,
    draw: fn(&Member) -> Html,
}

const SECTIONS: [Section; 14] = [
    Section { id: "colour", title: "Colour", draw: |_| tokens::colour() },
    Section { id: "type", title: "Type", draw: |_| tokens::writing() },
    Section { id: "space", title: "Space, radius, motion", draw: |_| tokens::space() },
    Section { id: "icons", title: "Icons", draw: |_| tokens::icons() },
    Section { id: "faces", title: "Faces", draw: |_| tokens::faces() },
    Section { id: "controls", title: "Controls", draw: |_| tokens::controls() },
    Section { id: "rows", title: "Rows", draw: talk::rows },
    Section { id: "own", title: "What is mine and not in the room yet", draw: talk::own },
    Section { id: "marks", title: "Marks of a text", draw: talk::marks },
    Section { id: "lines", title: "Lines across the timeline", draw: |_| talk::lines() },
    Section { id: "composer", title: "Composer", draw: |_| writing::composers() },
    Section { id: "bars", title: "Bars", draw: writing::bars },
    Section { id: "lists", title: "Suggestions and skeletons", draw: |_| writing::lists() },
    Section { id: "beside", title: "Beside the timeline", draw: beside::screens },
];

/// Draws it.
#[component]
pub fn DesignPage(props: &Props) -> Html {
    let panel = use_state(Panel::default);
    let on_panel = {
        let panel = panel.clone();
        Callback::from(move |next| panel.set(if *panel == next { Panel::Closed } else { next }))
    };
    let begin = use_node_ref();
    // Each field takes the focus when it is drawn; here it belongs to none of them.
    use_effect_with((), {
        let begin = begin.clone();
        move |()| {
            field::focus(&begin);
            if let Some(screen) = begin.cast::<web_sys::Element>() {
                screen.set_scroll_top(0);
            }
        }
    });
    html! {
        <div class={classes!("page", "design", opened(*panel))}>
            <aside class="rooms" aria-label={SIDEBAR}>
                <Sidebar
                    lines={room_lines()}
                    me={props.me.clone()}
                    connection={Some(Connection::Live)}
                    on_settings={Some(Callback::noop())}
                />
            </aside>
            <main class="room" lang={LANGUAGE}>
                <Header title={TITLE} topic={TOPIC} count={Some(3)} pins={2} open={*panel} on_panel={&on_panel} />
                <div class="screen" ref={begin} tabindex="-1">
                    <div class="sheet">
                        <Themes />
                        { for SECTIONS.iter().map(|section| draw(section, &props.me)) }
                    </div>
                </div>
            </main>
            <aside class="people" aria-label={ROSTER}>
                <Roster people={people(&props.me)} me={props.me.id.clone()} on_direct={Callback::noop()} />
            </aside>
            <button type="button" class="shade" aria-label={words::close_panel()} onclick={on_panel.reform(|_| Panel::Closed)} />
        </div>
    }
}

const fn opened(panel: Panel) -> Option<&'static str> {
    match panel {
        Panel::Rooms => Some("rooms-open"),
        Panel::People => Some("people-open"),
        Panel::Closed
        | Panel::Search
        | Panel::Pins
        | Panel::Keys
        | Panel::Members
        | Panel::Invite
        | Panel::Settings
        | Panel::Log
        | Panel::Me => None,
    }
}

fn draw(section: &Section, me: &Member) -> Html {
    html! {
        <section class="card" aria-labelledby={section.id}>
            <h2 id={section.id}>{ section.title }</h2>
            { (section.draw)(me) }
        </section>
    }
}

fn people(me: &Member) -> People {
    let members = vec![
        present(me.clone(), Role::Owner, Availability::Active),
        present(bob(), Role::Moderator, Availability::Active),
        present(cem(), Role::Member, Availability::Away),
    ];
    People { count: 12, members, typing: Vec::new() }
}

/// The theme, to see everything in both.
#[component]
fn Themes() -> Html {
    let chosen = use_state(Theme::default);
    use_effect_with((), {
        let chosen = chosen.setter();
        move |()| chosen.set(Theme::chosen())
    });
    let choice = |theme: Theme| {
        let pressed = (*chosen == theme).to_string();
        let chosen = chosen.clone();
        let onclick = move |_| {
            theme.choose();
            chosen.set(theme);
        };
        html! { <button type="button" aria-pressed={pressed} {onclick}>{ theme.as_str() }</button> }
    };
    html! { <div class="choices" role="group" aria-label={THEME}>{ for Theme::ALL.into_iter().map(choice) }</div> }
}
