//! The room between its two side panels.

use std::rc::Rc;

use client::room_list::{OpenLine, call, room_list};
use protocol::{Seq, Slug};
use yew::{
    Callback, Classes, Html, KeyboardEvent, Properties, classes, component, html, use_effect_with, use_state,
};

use crate::{
    calendar::Reading,
    chunks,
    components::{Header, Roster, Sidebar},
    favicon,
    field::{self, Key},
    hooks::MyRoomsNow,
    intent::Intent,
    pages::{
        Conversation, Renaming,
        care::{RoomCare, write_directly},
    },
    panel::Panel,
    scene::Scene,
    screens::Props as ScreenProps,
    session::Session,
    words,
};

/// What to show, and to whom.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room of the address.
    pub room: Slug,
    /// The message of it that the address names.
    pub at: Option<Seq>,
    /// The rooms that the reader keeps.
    pub my_rooms: MyRoomsNow,
    /// The reader.
    pub session: Session,
    /// What is shown of the room.
    pub scene: Rc<Scene>,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Told when the person wants to sign in again.
    pub on_sign_in: Callback<()>,
    /// Takes the sign-in when it has changed.
    pub on_session: Callback<Session>,
}

/// Draws it.
#[component]
pub fn Desk(props: &Props) -> Html {
    let panel = use_state(Panel::default);
    let asked = use_state(|| false);
    let on_panel = {
        let panel = panel.clone();
        Callback::from(move |next| panel.set(if *panel == next { Panel::Closed } else { next }))
    };
    let on_name = {
        let (asked, panel) = (asked.clone(), panel.clone());
        Callback::from(move |()| {
            asked.set(true);
            panel.set(Panel::Closed);
        })
    };
    let on_named = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(false))
    };
    let onkeydown = {
        let on_panel = on_panel.clone();
        move |event: KeyboardEvent| {
            if Key::of(&event) == Key::Leave {
                on_panel.emit(Panel::Closed);
            }
        }
    };
    use_effect_with((), {
        let panel = panel.setter();
        move |()| {
            let closing = panel.clone();
            let asked = field::on_question_mark(move || panel.set(Panel::Keys));
            let left = field::on_lost_escape(move || closing.set(Panel::Closed));
            move || drop((asked, left))
        }
    });
    let scene = &props.scene;
    let me = &props.session.member;
    let lines = room_list(&props.my_rooms.kept, Some(&open_line(props)));
    use_effect_with(call(&lines), |call| favicon::show(*call));
    let title = lines.iter().find(|line| line.open).map(|line| line.title.clone()).unwrap_or_default();
    html! {
        <div class={classes!("page", opened(*panel))} {onkeydown}>
            <aside class="rooms" aria-label={words::rooms_and_you()}>
                <Sidebar
                    {lines}
                    me={me.clone()}
                    connection={Some(scene.connection.clone())}
                    on_settings={Some(on_panel.reform(|()| Panel::Me))}
                />
            </aside>
            <main class="room">
                <Header
                    title={title.clone()}
                    topic={scene.room.as_ref().map(|room| room.topic.clone()).unwrap_or_default()}
                    count={scene.room.is_some().then_some(scene.people.count)}
                    pins={scene.pins.len()}
                    open={*panel}
                    on_panel={&on_panel}
                />
                <Conversation
                    room={props.room.clone()}
                    at={props.at}
                    title={title.clone()}
                    me={me.clone()}
                    scene={scene.clone()}
                    reading={props.reading}
                    on_intent={&props.on_intent}
                    on_sign_in={&props.on_sign_in}
                >
                    <Renaming session={props.session.clone()} asked={*asked} on_session={&props.on_session} {on_named} />
                </Conversation>
            </main>
            <aside class="people" aria-label={if panel.is_screen() { panel.title() } else { words::people() }}>
                if panel.is_screen() {
                    { chunks::screen(ScreenProps {
                        panel: *panel,
                        room: props.room.clone(),
                        scene: scene.clone(),
                        session: props.session.clone(),
                        my_rooms: props.my_rooms.clone(),
                        reading: props.reading,
                        on_intent: props.on_intent.clone(),
                        on_panel: on_panel.clone(),
                        on_name,
                    }) }
                } else if let Some(room) = &scene.room {
                    <Roster
                        people={scene.people.clone()}
                        me={me.id.clone()}
                        on_direct={write_directly(&props.my_rooms.on_changed)}
                    />
                    <RoomCare
                        room={props.room.clone()}
                        kind={room.kind}
                        role={scene.role}
                        my_rooms={props.my_rooms.clone()}
                        on_panel={&on_panel}
                    />
                }
            </aside>
            <button
                type="button"
                class="shade"
                aria-label={words::close_panel()}
                onclick={on_panel.reform(|_| Panel::Closed)}
            />
        </div>
    }
}

fn open_line(props: &Props) -> OpenLine {
    let known = props.scene.room.as_ref().map(|room| (room.title.clone(), room.kind));
    let unread = props.scene.unread;
    OpenLine { room: props.room.clone(), known, unread: unread.count, mentions: unread.calls }
}

fn opened(panel: Panel) -> Classes {
    let over = match panel {
        Panel::Closed => None,
        Panel::Rooms => Some("rooms-open"),
        Panel::People
        | Panel::Search
        | Panel::Pins
        | Panel::Keys
        | Panel::Members
        | Panel::Invite
        | Panel::Settings
        | Panel::Log
        | Panel::Me => Some("people-open"),
    };
    classes!(over, panel.is_screen().then_some("side-open"))
}
