//! Where rows will be.

use yew::{Html, component, html};

/// Three grey rows in the right places; the static page has the same.
#[component]
pub fn Skeleton() -> Html {
    html! {
        <div class="skeleton" role="status" aria-label="Loading messages">
            { for (0..3).map(|_| html! { <div class="bone"><i /><b /><s /></div> }) }
        </div>
    }
}
