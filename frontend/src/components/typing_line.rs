//! Who is writing now.

use protocol::Member;
use yew::{Html, Properties, component, html};

/// Who.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Never the reader.
    pub members: Vec<Member>,
}

/// Has its height even when it is empty, so that nothing jumps.
#[component]
pub fn TypingLine(props: &Props) -> Html {
    html! { <p class="typing" role="status" aria-live="polite">{ sentence(&props.members) }</p> }
}

fn sentence(members: &[Member]) -> String {
    match members {
        [] => String::new(),
        [one] => format!("{} is typing…", one.name),
        [one, two] => format!("{} and {} are typing…", one.name, two.name),
        [one, two, three] => format!("{}, {} and {} are typing…", one.name, two.name, three.name),
        [one, rest @ ..] => format!("{} and {} others are typing…", one.name, rest.len()),
    }
}
