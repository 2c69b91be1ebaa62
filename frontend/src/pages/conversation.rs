//! What is said in the room, how the connection stands, and the keys.

use std::rc::Rc;

use client::view::{Connection, Row};
use gloo::utils::window;
use protocol::{Member, Seq, Slug};
use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_reducer};

use crate::{
    calendar::Reading,
    components::{
        Answered, Composer, ConnectionBar, DiskBar, EndedRoom, Timeline, TypingLine, message, newest_of_mine,
    },
    draft,
    intent::Intent,
    scene::Scene,
    work::{Step, Work},
};

/// What to show, and to whom.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room of the address.
    pub room: Slug,
    /// The message of it that the address names.
    pub at: Option<Seq>,
    /// Its name for people.
    pub title: String,
    /// The reader.
    pub me: Member,
    /// What is shown of the room.
    pub scene: Rc<Scene>,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Told when the person wants to sign in again.
    pub on_sign_in: Callback<()>,
    /// What stands right over the keys.
    pub children: Html,
}

/// Draws it.
#[component]
pub fn Conversation(props: &Props) -> Html {
    let scene = &props.scene;
    let work = use_reducer(Work::default);
    let on_step = {
        let work = work.dispatcher();
        use_callback((), move |step: Step, ()| work.dispatch(step))
    };
    let on_draft = use_callback(props.room.clone(), |text: String, room| draft::write(room, &text));
    let kept = use_memo(props.room.clone(), draft::read);
    let on_edit_last = {
        let (scene, me, on_step) = (scene.clone(), props.me.clone(), on_step.clone());
        Callback::from(move |()| {
            if let Some(seq) = newest_of_mine(&scene.rows, &me) {
                on_step.emit(Step::Edit(seq));
            }
        })
    };
    let on_reload = Callback::from(|()| reload());
    if let (Connection::Ended { code }, false) = (&scene.connection, scene.is_loaded()) {
        return html! { <EndedRoom code={*code} {on_reload} on_sign_in={&props.on_sign_in} /> };
    }
    html! {
        <>
            <Timeline
                rows={scene.rows.clone()}
                above={scene.is_loaded().then_some(scene.above)}
                room={props.room.clone()}
                sought={props.at}
                title={props.title.clone()}
                unread={scene.unread.count}
                me={props.me.clone()}
                role={scene.role}
                reading={props.reading}
                work={*work}
                on_intent={&props.on_intent}
                on_step={&on_step}
            />
            <DiskBar disk={scene.disk} />
            <ConnectionBar
                connection={scene.connection.clone()}
                reading={props.reading}
                on_intent={&props.on_intent}
                {on_reload}
                on_sign_in={&props.on_sign_in}
            />
            { props.children.clone() }
            <TypingLine members={scene.people.typing.clone()} />
            <Composer
                title={props.title.clone()}
                draft={(*kept).clone()}
                answered={answered(*work, &scene.rows)}
                on_intent={&props.on_intent}
                {on_draft}
                {on_step}
                {on_edit_last}
            />
        </>
    }
}

/// Whom the next message answers; nobody, if that message has gone meanwhile.
fn answered(work: Work, rows: &[Row]) -> Option<Answered> {
    let message = message(rows, work.answering?)?;
    Some(Answered { seq: message.seq, name: message.by.name.clone() })
}

fn reload() {
    if window().location().reload().is_err() {
        tracing::warn!("the page cannot be loaded again from here");
    }
}
