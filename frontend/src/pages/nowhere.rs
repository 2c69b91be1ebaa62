//! An address that names nothing.

use yew::{Html, html};

use crate::words;

/// Says so, and offers the lobby.
pub fn nowhere() -> Html {
    html! {
        <main class="nowhere">
            <h1>{ words::nothing_here() }</h1>
            <p>{ words::room_address() }</p>
            <p><a href="/">{ words::go_to_lobby() }</a></p>
        </main>
    }
}
