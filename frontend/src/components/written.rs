//! What somebody wrote, drawn from its tree.
//!
//! Everything goes in as text: no markup that somebody wrote becomes an element of its own making.

use markup::{Block, Destination, Link, Piece, Spacing};
use yew::{AttrValue, Html, Properties, classes, component, html};

use crate::{reader::use_read, words};

/// What to draw.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The text, as it was written.
    pub text: AttrValue,
}

/// Draws it.
#[component]
pub fn Written(props: &Props) -> Html {
    match markup::unmarked(&props.text) {
        Some(said) => written(said),
        None => html! { <Marked text={&props.text} /> },
    }
}

/// A text that takes the parser: as it was typed until that has come.
#[component]
fn Marked(props: &Props) -> Html {
    written(use_read(&props.text).unwrap_or_else(|| markup::as_typed(&props.text)))
}

/// As it will look, where that is not how it is written.
#[component]
pub fn Preview(props: &Props) -> Html {
    match use_read(&props.text).filter(|said| !markup::is_plain(said)) {
        Some(said) => {
            html! { <section class="preview" aria-label={words::preview()}>{ written(said) }</section> }
        }
        None => Html::default(),
    }
}

fn written(said: Vec<Block>) -> Html {
    html! { <div class="written">{ blocks(said) }</div> }
}

fn blocks(blocks: Vec<Block>) -> Html {
    blocks.into_iter().map(block).collect()
}

fn block(block: Block) -> Html {
    match block {
        Block::Paragraph(inner) => html! { <p>{ pieces(inner) }</p> },
        // No heading: a message has no place in the page's outline.
        Block::Heading { level, pieces: inner } => {
            html! { <p class={classes!("title", format!("title-{level}"))}>{ pieces(inner) }</p> }
        }
        Block::Quote(inner) => html! { <blockquote>{ blocks(inner) }</blockquote> },
        Block::Code { info, text } => html! {
            <pre tabindex="0" data-info={(!info.is_empty()).then_some(info)}><code>{ text.trim_end_matches('\n').to_owned() }</code></pre>
        },
        Block::List { first, spacing, items } => list(first, spacing, items),
        Block::Rule => html! { <hr /> },
    }
}

fn list(first: Option<u64>, spacing: Spacing, items: Vec<Vec<Block>>) -> Html {
    let class = (spacing == Spacing::Loose).then_some("loose");
    let items = items.into_iter().map(|item| html! { <li>{ blocks(item) }</li> });
    match first {
        Some(first) => html! { <ol {class} start={first.to_string()}>{ for items }</ol> },
        None => html! { <ul {class}>{ for items }</ul> },
    }
}

fn pieces(pieces: Vec<Piece>) -> Html {
    pieces.into_iter().map(piece).collect()
}

fn piece(piece: Piece) -> Html {
    match piece {
        Piece::Text(text) => html! { text },
        Piece::Emphasis(inner) => html! { <em>{ pieces(inner) }</em> },
        Piece::Strong(inner) => html! { <strong>{ pieces(inner) }</strong> },
        Piece::Struck(inner) => html! { <s>{ pieces(inner) }</s> },
        Piece::Code(code) => html! { <code>{ code }</code> },
        Piece::Link(link) => self::link(link),
        Piece::SoftBreak | Piece::HardBreak => html! { <br /> },
    }
}

/// Its address shows before it is followed; what may not be followed stands in brackets behind the words.
fn link(Link { to, title, content }: Link) -> Html {
    match to {
        Destination::Address(address) => {
            let href = AttrValue::from(address.as_str().to_owned());
            let title = if title.is_empty() { href.clone() } else { format!("{title} ({href})").into() };
            html! { <a {href} {title} target="_blank" rel="noopener noreferrer nofollow">{ pieces(content) }</a> }
        }
        Destination::Refused(written) => {
            let gap = if title.is_empty() { "" } else { " " };
            html! { <>{ pieces(content) }{ format!(" ({written}{gap}{title})") }</> }
        }
    }
}
