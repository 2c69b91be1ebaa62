//! All public rooms, with the way into each, and the way to a new one.

use client::room_list::{call, room_list};
use gloo::timers::callback::Timeout;
use protocol::{
    Member, Slug,
    http::{ListedRoom, NewRoom},
    room::Visibility,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, InputEvent, Properties, SubmitEvent, classes, component, html, use_effect_with,
    use_mut_ref, use_state,
};

use crate::{
    address,
    components::{Icon, Sidebar},
    favicon,
    forms::Fields,
    hooks::MyRoomsNow,
    http::{self, Failure},
    navigation, words,
};

/// Nobody types faster than this and waits for what stands between two letters.
const TYPING_MS: u32 = 250;

/// For whom.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader.
    pub me: Member,
    /// The rooms that they keep.
    pub my_rooms: MyRoomsNow,
}

/// What was found.
#[derive(Clone, Default, PartialEq)]
struct Found {
    rooms: Vec<ListedRoom>,
    /// There are more behind this one.
    next: Option<Slug>,
    problem: Option<String>,
    answered: bool,
}

/// Draws it.
#[component]
pub fn DirectoryPage(props: &Props) -> Html {
    let wanted = use_state(String::new);
    let found = use_state(Found::default);
    let rooms_open = use_state(|| false);
    let typing = use_mut_ref(|| None::<Timeout>);
    use_effect_with((*wanted).clone(), {
        let found = found.setter();
        move |wanted| {
            let (wanted, found) = (wanted.clone(), found.clone());
            let still_wanted = std::rc::Rc::new(());
            let asked = std::rc::Rc::downgrade(&still_wanted);
            spawn_local(async move {
                let answer = look(&wanted, Found::default()).await;
                if asked.upgrade().is_some() {
                    found.set(answer);
                }
            });
            move || drop(still_wanted)
        }
    });
    let on_input = {
        let wanted = wanted.setter();
        Callback::from(move |event: InputEvent| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            let (words, wanted) = (field.map(|field| field.value()).unwrap_or_default(), wanted.clone());
            typing.replace(Some(Timeout::new(TYPING_MS, move || wanted.set(words))));
        })
    };
    let on_more = {
        let (found, wanted) = (found.clone(), wanted.clone());
        Callback::from(move |_| {
            let (held, setter, wanted) = ((*found).clone(), found.setter(), wanted.clone());
            spawn_local(async move { setter.set(look(&wanted, held).await) });
        })
    };
    let turn = {
        let rooms_open = rooms_open.clone();
        Callback::from(move |_: yew::MouseEvent| rooms_open.set(!*rooms_open))
    };
    let lines = room_list(&props.my_rooms.kept, None);
    use_effect_with(call(&lines), |call| favicon::show(*call));
    html! {
        <div class={classes!("page", "wide", rooms_open.then_some("rooms-open"))}>
            <aside class="rooms" aria-label={words::rooms_and_you()}>
                <Sidebar {lines} me={props.me.clone()} connection={None} on_settings={None} />
            </aside>
            <main class="room">
                <header class="header">
                    <button type="button" class="to-rooms" aria-label={words::rooms()} aria-expanded={rooms_open.to_string()} onclick={&turn}>
                        { Icon::Menu.draw() }
                    </button>
                    <h1>{ words::all_rooms() }</h1>
                </header>
                <div class="screen">
                    <div class="sheet">
                        <label class="field">
                            { words::find_a_room() }
                            <input type="search" maxlength="80" placeholder={words::words_of_name_or_topic()} oninput={on_input} />
                        </label>
                        { listed(props, &found) }
                        if found.next.is_some() {
                            <button type="button" onclick={on_more}>{ words::show_more_rooms() }</button>
                        }
                        <NewRoomForm on_changed={&props.my_rooms.on_changed} />
                    </div>
                </div>
            </main>
            <button type="button" class="shade" aria-label={words::close_panel()} onclick={turn} />
        </div>
    }
}

/// What is found after what was found already.
async fn look(wanted: &str, before: Found) -> Found {
    match http::rooms(wanted, before.next.as_ref()).await {
        Ok(page) => {
            let rooms = before.rooms.into_iter().chain(page.rooms).collect();
            Found { rooms, next: page.next, problem: None, answered: true }
        }
        Err(failure) => Found { problem: Some(failure.sentence()), answered: true, ..before },
    }
}

fn listed(props: &Props, found: &Found) -> Html {
    html! {
        <>
            <ul class="listing" aria-label={words::public_rooms()}>
                { for found.rooms.iter().map(|room| line(props, room)) }
            </ul>
            if let Some(problem) = &found.problem {
                <p class="trouble" role="alert">{ problem }</p>
            } else if found.answered && found.rooms.is_empty() {
                <p class="hint">{ words::no_room_found() }</p>
            }
        </>
    }
}

fn line(props: &Props, room: &ListedRoom) -> Html {
    let kept =
        room.room.as_str() == address::LOBBY || props.my_rooms.kept.iter().any(|kept| kept.room == room.room);
    let online = match room.members_online {
        0 => String::new(),
        online => words::here_now(online),
    };
    html! {
        <li key={room.room.to_string()}>
            <div>
                <a href={address::path(&room.room)}><span class="hash" aria-hidden="true">{ "#" }</span>{ &room.title }</a>
                <small>{ &room.topic }</small>
            </div>
            <small class="number">{ online }</small>
            if kept {
                <span class="hint">{ words::in_my_rooms() }</span>
            } else {
                <button type="button" aria-label={words::join_room(&room.title)} onclick={join(props, &room.room)}>{ words::join() }</button>
            }
        </li>
    }
}

/// Keeps the room and goes there. One that could not be kept is open all the same.
fn join(props: &Props, room: &Slug) -> Callback<yew::MouseEvent> {
    let (room, on_changed) = (room.clone(), props.my_rooms.on_changed.clone());
    Callback::from(move |_| {
        let (room, on_changed) = (room.clone(), on_changed.clone());
        spawn_local(async move {
            if let Err(failure) = http::keep(&room).await {
                tracing::warn!(why = failure.sentence(), "the room is not kept");
            }
            on_changed.emit(());
            navigation::go(&address::path(&room));
        });
    })
}

/// Whom to tell.
#[derive(Clone, PartialEq, Properties)]
struct NewRoomProps {
    /// Told when the list of one's rooms has changed.
    on_changed: Callback<()>,
}

/// A new room: its maker owns it, and is led there.
#[component]
fn NewRoomForm(props: &NewRoomProps) -> Html {
    let problem = use_state(|| None::<String>);
    let onsubmit = {
        let (problem, on_changed) = (problem.setter(), props.on_changed.clone());
        move |event: SubmitEvent| {
            let fields = Fields::of(&event);
            let (problem, on_changed) = (problem.clone(), on_changed.clone());
            spawn_local(async move {
                match create(&fields).await {
                    Ok(room) => {
                        on_changed.emit(());
                        navigation::go(&address::path(&room));
                    }
                    Err(failure) => problem.set(Some(failure.sentence())),
                }
            });
        }
    };
    html! {
        <form class="card" {onsubmit}>
            <h2>{ words::new_room() }</h2>
            <label class="field">{ words::room_name() }<input name="title" required=true maxlength="80" autocomplete="off" /></label>
            <label class="field">{ words::room_topic() }<input name="topic" maxlength="250" autocomplete="off" /></label>
            <label class="tick">
                <input type="checkbox" name="private" />
                <span>{ words::room_private() }</span>
            </label>
            <div class="choices"><button type="submit" class="primary">{ words::make_the_room() }</button></div>
            <p class="trouble" role="alert">{ for (*problem).clone() }</p>
        </form>
    }
}

async fn create(fields: &Fields) -> Result<Slug, Failure> {
    let topic = fields.text("topic");
    let private = !fields.text("private").is_empty();
    let room = NewRoom {
        room: None,
        title: fields.text("title"),
        visibility: if private { Visibility::Private } else { Visibility::Public },
        topic: (!topic.is_empty()).then_some(topic),
        region: None,
    };
    Ok(http::create(&room).await?.room)
}
