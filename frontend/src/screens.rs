//! The screens beside the timeline, in the place of the people: behind one entry, since few need them and nobody at once.
//!
//! Not here: what of it a member may do; the client's core says what is offered, and the room what is done.

mod account;
mod code;
mod given;
mod head;
mod invite;
mod keys;
mod language;
mod loaded;
mod log;
mod me;
mod members;
mod notifications;
mod notifying;
mod pins;
mod search;
mod settings;
mod span;

use std::rc::Rc;

use client::room_list::{OpenLine, RoomLine, room_list};
use protocol::{Slug, room::RoomKind};
use yew::{Callback, Html, Properties, component, html};

pub use account::{Account, Step};
pub use invite::{Invite, Link};
pub use language::{LanguageSetting, Languages, Step as LanguageStep};
pub use log::{Log, LogLine};
pub use me::{Me, SignOut, TokenLine};
pub use members::{MemberCard, Members, Question};
pub use notifications::{NotificationChoice, Reach, Wish};
pub use notifying::{Standing, notify};
pub use pins::{PinnedLine, Pins};
pub use search::{Hits, Search};
pub use settings::{Ending, Settings};

use self::{head::Head, keys::keys};
use crate::{
    calendar::Reading, hooks::MyRoomsNow, intent::Intent, panel::Panel, scene::Scene, session::Session,
};

/// Which, and of what.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The screen.
    pub panel: Panel,
    /// The room of the address.
    pub room: Slug,
    /// What is shown of it.
    pub scene: Rc<Scene>,
    /// The reader.
    pub session: Session,
    /// The rooms that they keep.
    pub my_rooms: MyRoomsNow,
    /// Their now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Opens another one, or none.
    pub on_panel: Callback<Panel>,
    /// Told when the reader wants another name.
    pub on_name: Callback<()>,
}

/// Draws the one that is open.
#[component]
pub fn Screen(props: &Props) -> Html {
    let on_close = props.on_panel.reform(|()| Panel::Closed);
    html! {
        <section class="side" aria-labelledby="side-title">
            <Head key={props.panel.title()} title={props.panel.title()} {on_close} />
            { inside(props) }
        </section>
    }
}

fn inside(props: &Props) -> Html {
    let (room, scene) = (props.room.clone(), &props.scene);
    match props.panel {
        Panel::Closed | Panel::Rooms | Panel::People => Html::default(),
        Panel::Keys => keys(),
        Panel::Search => html! {
            <Search {room} people={scene.people.members.clone()} reading={props.reading} on_panel={&props.on_panel} />
        },
        Panel::Pins => html! {
            <Pins
                {room}
                pins={scene.pins.clone()}
                rows={scene.rows.clone()}
                role={scene.role}
                reading={props.reading}
                on_intent={&props.on_intent}
                on_panel={&props.on_panel}
            />
        },
        Panel::Members => members(props),
        Panel::Invite => html! { <Invite {room} reading={props.reading} /> },
        Panel::Settings => scene.room.clone().map_or_else(Html::default, |room| html! {
            <Settings {room} role={scene.role} my_rooms={props.my_rooms.clone()} on_panel={&props.on_panel} />
        }),
        Panel::Log => html! { <Log {room} turned={scene.turned} reading={props.reading} /> },
        Panel::Me => html! {
            <Me session={props.session.clone()} rooms={rooms(props)} reading={props.reading} on_name={&props.on_name} />
        },
    }
}

/// The reader's rooms, the open one by the name that it has now.
fn rooms(props: &Props) -> Vec<RoomLine> {
    let known = props.scene.room.as_ref().map(|room| (room.title.clone(), room.kind));
    room_list(
        &props.my_rooms.kept,
        Some(&OpenLine { room: props.room.clone(), known, unread: 0, mentions: 0 }),
    )
}

fn members(props: &Props) -> Html {
    let scene = &props.scene;
    html! {
        <Members
            room={props.room.clone()}
            kind={scene.room.as_ref().map_or(RoomKind::Public, |room| room.kind)}
            here={scene.people.members.clone()}
            deeds={scene.deeds.clone()}
            turned={scene.turned}
            me={props.session.member.id.clone()}
            role={scene.role}
            reading={props.reading}
            on_intent={&props.on_intent}
        />
    }
}
