//! What somebody wrote, with its code and its links.

use yew::{AttrValue, Html, Properties, component, html};

use crate::prose::{Piece, pieces};

/// What to draw.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The text, as it was written.
    pub text: AttrValue,
}

/// Everything goes in as text: no markup that somebody wrote becomes an element.
#[component]
pub fn Written(props: &Props) -> Html {
    html! { <div class="written">{ for pieces(&props.text).into_iter().map(drawn) }</div> }
}

fn drawn(piece: Piece<'_>) -> Html {
    match piece {
        Piece::Plain(text) => html! { <span>{ text.to_owned() }</span> },
        Piece::Code(code) => html! { <code>{ code.to_owned() }</code> },
        Piece::Block(code) => html! { <pre tabindex="0"><code>{ code.to_owned() }</code></pre> },
        Piece::Link(link) => html! {
            <a href={link.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ link.to_owned() }</a>
        },
    }
}
