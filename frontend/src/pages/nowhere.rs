//! An address that names nothing.

use yew::{Html, html};

/// Says so, and offers the lobby.
pub fn nowhere() -> Html {
    html! {
        <main class="nowhere">
            <h1>{ "There is nothing at this address" }</h1>
            <p>{ "A room's address ends in /r/ and its name, in small letters, digits and dashes." }</p>
            <p><a href="/">{ "Go to #lobby" }</a></p>
        </main>
    }
}
