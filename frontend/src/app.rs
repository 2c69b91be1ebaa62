//! The app: who is here, and which room the address names.

use gloo::timers::future::sleep;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, UseStateSetter, component, html, use_effect_with, use_mut_ref, use_state};

use crate::{
    address::Address,
    chunks,
    hooks::use_my_rooms,
    http::Failure,
    navigation::use_address,
    pages::{AccountProps, DesignProps, DirectoryProps, InvitedProps, RoomPage, Waiting, nowhere},
    session::Session,
    visits::use_visits,
};

/// The first wait before a sign-in is tried again, doubled each time.
const FIRST_WAIT_MS: u64 = 1_000;
/// The longest.
const LONGEST_WAIT_MS: u64 = 30_000;

#[derive(Clone, PartialEq)]
enum Entry {
    Entering,
    Refused(Failure),
    Inside(Session),
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let entry = use_state(|| Entry::Entering);
    let renewed = use_mut_ref(|| false);
    use_effect_with((), {
        let entry = entry.setter();
        move |()| spawn_local(enter(entry))
    });
    let address = use_address();
    let inside = match &*entry {
        Entry::Inside(session) => Some(session.member.id.clone()),
        Entry::Entering | Entry::Refused(_) => None,
    };
    use_visits(inside.clone(), &address);
    let my_rooms = use_my_rooms(inside, address.clone());
    match (&*entry, address) {
        (_, Address::Nowhere) => nowhere(),
        (Entry::Entering, _) => html! { <Waiting problem={None::<String>} /> },
        (Entry::Refused(failure), _) => html! { <Waiting problem={failure.sentence()} /> },
        (Entry::Inside(_), Address::Invite(code)) => chunks::invited(InvitedProps { code }),
        (Entry::Inside(session), Address::Account) => {
            chunks::account(AccountProps { name: session.member.name.clone() })
        }
        (Entry::Inside(session), Address::Design) => {
            chunks::design(DesignProps { me: session.member.clone() })
        }
        (Entry::Inside(session), Address::Rooms) => {
            chunks::directory(DirectoryProps { me: session.member.clone(), my_rooms })
        }
        (Entry::Inside(session), Address::Room { room, at }) => {
            let on_session = {
                let entry = entry.setter();
                Callback::from(move |session| entry.set(Entry::Inside(session)))
            };
            // Once by itself, for a browser that remembers what the server does not; after that when the person says so.
            let on_unknown = {
                let on_sign_in = renew(session, &on_session);
                Callback::from(move |()| {
                    if !renewed.replace(true) {
                        on_sign_in.emit(());
                    }
                })
            };
            html! {
                <RoomPage
                    key={room.to_string()}
                    room={room.clone()}
                    {at}
                    {my_rooms}
                    session={session.clone()}
                    {on_unknown}
                    on_sign_in={renew(session, &on_session)}
                    {on_session}
                />
            }
        }
    }
}

/// Tries until there is a sign-in.
async fn enter(entry: UseStateSetter<Entry>) {
    let mut wait = FIRST_WAIT_MS;
    loop {
        match Session::enter().await {
            Ok(session) => {
                // Begins the room in a task of its own: what a finger does meanwhile is not kept waiting by both.
                sleep(std::time::Duration::ZERO).await;
                return entry.set(Entry::Inside(session));
            }
            Err(failure) => entry.set(Entry::Refused(failure)),
        }
        sleep(std::time::Duration::from_millis(wait)).await;
        wait = (wait * 2).min(LONGEST_WAIT_MS);
    }
}

fn renew(session: &Session, on_session: &Callback<Session>) -> Callback<()> {
    let (session, on_session) = (session.clone(), on_session.clone());
    Callback::from(move |()| {
        let (session, on_session) = (session.clone(), on_session.clone());
        spawn_local(async move {
            match session.renew().await {
                Ok(session) => on_session.emit(session),
                // The bar still stands, with its button.
                Err(failure) => {
                    tracing::warn!(why = failure.sentence(), "no new sign-in");
                }
            }
        });
    })
}
