//! What is said in the room, how the connection stands, and the keys.

use std::rc::Rc;

use client::{
    completing::{self, Begun, Kind},
    nudging,
    view::{Connection, Row},
};
use protocol::{Member, MemberId, Message, Seq, Slug};
use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_reducer};

use crate::{
    calendar::Reading,
    completion::Suggest,
    components::{
        Announced, Answered, Composer, ConnectionBar, DiskBar, EndedRoom, Timeline, TypingLine, message,
        newest_of_mine,
    },
    draft,
    intent::Intent,
    luggage::use_luggage,
    navigation, notifications,
    scene::Scene,
    tables::{Table, Which, use_table},
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
    let tables = (use_table(Which::Emoji), use_table(Which::Commands(props.room.clone())));
    let suggest = suggest(scene, &props.me.id, tables);
    let luggage = use_luggage(&props.room, scene.file_bytes);
    let on_reload = Callback::from(|()| navigation::reload());
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
                jump={scene.jump}
                title={props.title.clone()}
                unread={scene.unread.count}
                me={props.me.clone()}
                role={scene.role}
                reading={props.reading}
                work={*work}
                on_intent={&props.on_intent}
                on_step={&on_step}
            />
            if scene.is_loaded() {
                <Announced rows={scene.rows.clone()} me={props.me.id.clone()} on_news={on_news(props)} />
            }
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
                room={props.room.clone()}
                takes_files={scene.file_bytes > 0}
                tray={luggage.tray}
                hovered={luggage.hovered}
                on_wish={luggage.on_wish}
                title={props.title.clone()}
                draft={(*kept).clone()}
                answered={answered(*work, &scene.rows)}
                on_intent={&props.on_intent}
                {suggest}
                slow_ms={slow_ms(scene, props.reading)}
                {on_draft}
                {on_step}
                {on_edit_last}
            />
        </>
    }
}

/// For how long the next message waits. The reader's clock is as it was when it ticked last: nobody waits longer than the mode says.
fn slow_ms(scene: &Scene, reading: Reading) -> Option<u64> {
    let most = scene.room.as_ref().map_or(0, |room| room.slow_mode_ms);
    let left = scene.slow_until?.since(reading.now).min(most);
    (left > 0).then_some(left)
}

/// What could come of a word that is begun in this room.
fn suggest(scene: &Rc<Scene>, me: &MemberId, (emoji, commands): (Table, Table)) -> Suggest {
    let (scene, me) = (scene.clone(), me.clone());
    Callback::from(move |begun: Begun| match begun.kind {
        Kind::Member => completing::members(&begun.word, &scene.people, &scene.rows, (&me, scene.role)),
        Kind::Emoji => completing::emoji_called(&emoji.lines(), &begun.word),
        Kind::Spelled => completing::emoji_spelled(&emoji.lines(), &begun.word).into_iter().collect(),
        Kind::Command => completing::commands_called(&commands.lines(), &begun.word),
    })
}

/// Tells the reader of a message that calls them while they look at something else.
fn on_news(props: &Props) -> Callback<Message> {
    let (scene, me, title) = (props.scene.clone(), props.me.id.clone(), props.title.clone());
    Callback::from(move |message: Message| {
        let nudge = scene.room.as_ref().and_then(|room| nudging::nudge(&message, &me, room, &title));
        if let Some(nudge) = nudge {
            notifications::tell(&me, nudge);
        }
    })
}

/// Whom the next message answers; nobody, if that message has gone meanwhile.
fn answered(work: Work, rows: &[Row]) -> Option<Answered> {
    let message = message(rows, work.answering?)?;
    Some(Answered { seq: message.seq, name: message.by.name.clone() })
}
