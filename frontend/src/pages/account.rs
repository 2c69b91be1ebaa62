//! The address of one's own account: what its screen asks for is done here.
//!
//! Not here: what is drawn (`screens::Account`), and what rooms do about it.

use gloo::utils::window;
use protocol::Legacy;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

use crate::{
    http, memory,
    screens::{Account, Step},
};

/// Whose.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader's name.
    pub name: String,
}

/// The screen of the address.
#[component]
pub fn AccountPage(props: &Props) -> Html {
    let step = use_state(|| Step::Choosing(Legacy::Anonymised));
    let on_step = {
        let step = step.setter();
        Callback::from(move |next: Step| {
            if let Step::Waiting(legacy) = next {
                let step = step.clone();
                spawn_local(async move { step.set(depart(legacy).await) });
            }
            step.set(next);
        })
    };
    let on_anew = Callback::from(|()| start_anew());
    html! { <Account name={props.name.clone()} step={(*step).clone()} {on_step} {on_anew} /> }
}

async fn depart(legacy: Legacy) -> Step {
    match http::depart(legacy).await {
        Ok(()) => {
            // What this browser remembered of them is nobody's business any more.
            memory::clear();
            Step::Gone
        }
        Err(failure) => Step::Refused(legacy, failure.sentence()),
    }
}

/// The page from its beginning, as on a first visit.
fn start_anew() {
    if window().location().set_href("/").is_err() {
        tracing::warn!("this browser does not load the page anew");
    }
}
