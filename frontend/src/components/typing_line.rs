//! Who is writing now.

use protocol::Member;
use yew::{Html, Properties, component, html};

use crate::words;

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
        [one] => words::typing_one(&one.name),
        [one, two] => words::typing_two(&one.name, &two.name),
        [one, two, three] => words::typing_three(&one.name, &two.name, &three.name),
        [one, rest @ ..] => words::typing_many(&one.name, rest.len()),
    }
}
