//! Where rows will be.

use yew::{Html, html};

use crate::{ahead, words};

/// Three grey rows in the right places; the static page has the same. A function, as what has no state and no properties is: a
/// component costs 3 KB.
pub fn skeleton() -> Html {
    html! {
        <div class="skeleton" role="status" aria-label={words::loading_messages()}>
            { for (0..3).map(|_| html! { <div class="bone"><i /><b /><s /></div> }) }
        </div>
    }
}

/// Where a room's messages will be: the newest of them, if the page's script has drawn them while the program was on its way.
pub fn awaited() -> Html {
    // Only a browser has such a script.
    let drawn = if cfg!(target_arch = "wasm32") { ahead::drawn() } else { None };
    drawn.map_or_else(skeleton, Html::VRef)
}
