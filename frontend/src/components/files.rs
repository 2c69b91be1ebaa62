//! Files under a message: pictures are shown, everything else is a line to save it by.
//!
//! Invariant: a picture's place has its size before it is there, so that nothing moves when it comes.

use protocol::{File, Slug};
use yew::{Html, Properties, component, html};

use crate::{components::Icon, words};

/// The longest side of a picture in a message, in pixels.
const SIDE: u32 = 320;

/// Which files, of which room.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room that holds them.
    pub room: Slug,
    /// They.
    pub files: Vec<File>,
}

/// Draws them.
#[component]
pub fn Files(props: &Props) -> Html {
    if props.files.is_empty() {
        return Html::default();
    }
    html! { <ul class="files">{ for props.files.iter().map(|file| item(&props.room, file)) }</ul> }
}

/// Where a file is given.
#[must_use]
pub fn address(room: &Slug, file: &File) -> String {
    format!("/api/rooms/{room}/files/{}", file.file)
}

fn item(room: &Slug, file: &File) -> Html {
    let href = address(room, file);
    let inside = if file.is_picture() { picture(file, &href) } else { line(file) };
    let class = if file.is_picture() { "picture" } else { "file" };
    html! { <li><a {class} {href} target="_blank" rel="noopener">{ inside }</a></li> }
}

fn line(file: &File) -> Html {
    html! { <>{ Icon::Clip.draw() }<bdi>{ &file.name }</bdi><small>{ size(file.size) }</small></> }
}

fn picture(file: &File, src: &str) -> Html {
    let (width, height) = fitted(file);
    html! {
        <img src={src.to_owned()} alt={file.name.clone()} title={file.name.clone()} loading="lazy" decoding="async" {width} {height} />
    }
}

/// The picture's size, made smaller where it is larger than its place; a wide place where it is not known.
fn fitted(file: &File) -> (String, String) {
    let (width, height) = file.width.zip(file.height).unwrap_or((SIDE, SIDE * 9 / 16));
    let longest = width.max(height).max(1);
    let fit = |side: u32| {
        let shown = u64::from(side) * u64::from(SIDE.min(longest)) / u64::from(longest);
        shown.max(1).to_string()
    };
    (fit(width), fit(height))
}

/// A size in words.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => words::megabytes(bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
