//! The browser app: the shell around the client. It holds no decisions about delivery.

use wasm_bindgen::prelude::wasm_bindgen;
use yew::{Html, component, html};

#[component]
fn App() -> Html {
    html! { <main><h1>{ "Edgewise" }</h1></main> }
}

/// Starts the app in the page's body. The page's script calls this once its module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    yew::Renderer::<App>::new().render();
}
