//! Where rows will be.

use yew::{Html, html};

use crate::words;

/// Three grey rows in the right places; the static page has the same. A function, as what has no state and no properties is: a
/// component costs 3 KB.
pub fn skeleton() -> Html {
    html! {
        <div class="skeleton" role="status" aria-label={words::loading_messages()}>
            { for (0..3).map(|_| html! { <div class="bone"><i /><b /><s /></div> }) }
        </div>
    }
}
