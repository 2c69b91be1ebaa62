//! Opening an invitation: it lets one in and leads to its room, or says why not.

use wasm_bindgen_futures::spawn_local;
use yew::{Html, Properties, component, html, use_effect_with, use_state};

use crate::{address, http, navigation, pages::Waiting, words};

/// Which.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The code of the address.
    pub code: String,
}

/// Draws it for as long as it takes.
#[component]
pub fn InvitedPage(props: &Props) -> Html {
    let problem = use_state(|| None::<String>);
    use_effect_with(props.code.clone(), {
        let problem = problem.setter();
        move |code| {
            let code = code.clone();
            spawn_local(async move {
                match http::redeem(&code).await {
                    // Going back from the room shall not ask for it again.
                    Ok(let_in) => navigation::go_instead(&address::path(&let_in.room)),
                    Err(failure) => problem.set(Some(failure.sentence())),
                }
            });
        }
    });
    match &*problem {
        None => html! { <Waiting problem={None::<String>} /> },
        Some(why) => html! {
            <main class="nowhere">
                <h1>{ words::invitation_opens_nothing() }</h1>
                <p>{ why }</p>
                <p><a href="/">{ words::go_to_lobby() }</a></p>
            </main>
        },
    }
}
