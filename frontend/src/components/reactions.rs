//! The reactions under a message, and the ones to choose from.

use protocol::{Reaction, Seq};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::intent::Intent;

/// What can be chosen with one click; any other emoji that somebody put can be joined.
pub const CHOICES: [(&str, &str); 8] = [
    ("👍", "thumbs up"),
    ("❤️", "heart"),
    ("😂", "laughing"),
    ("🎉", "party"),
    ("👀", "eyes"),
    ("✅", "done"),
    ("🙏", "thanks"),
    ("😢", "sad"),
];

/// Of which message.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The message.
    pub seq: Seq,
    /// In their order.
    pub reactions: Vec<Reaction>,
    /// Takes the wish to join one, or to leave it.
    pub on_intent: Callback<Intent>,
}

/// A chip each; a click joins or leaves.
#[component]
pub fn Reactions(props: &Props) -> Html {
    if props.reactions.is_empty() {
        return Html::default();
    }
    html! {
        <div class="reactions" role="group" aria-label="Reactions">
            { for props.reactions.iter().map(|reaction| chip(props, reaction)) }
        </div>
    }
}

fn chip(props: &Props, reaction: &Reaction) -> Html {
    let label = match (reaction.count, reaction.mine) {
        (1, true) => format!("{}: only you", reaction.emoji),
        (count, true) => format!("{}: {count}, you too", reaction.emoji),
        (count, false) => format!("{}: {count}", reaction.emoji),
    };
    let intent = toggle(props.seq, reaction);
    let onclick = props.on_intent.reform(move |_| intent.clone());
    html! {
        <button
            key={reaction.emoji.clone()}
            type="button"
            class={classes!("chip", reaction.mine.then_some("mine"))}
            aria-pressed={reaction.mine.to_string()}
            aria-label={label}
            {onclick}
        >
            <span class="emoji">{ &reaction.emoji }</span>
            <span class="count">{ reaction.count }</span>
        </button>
    }
}

/// What the room has taken once it takes again: nothing here needs to know what an emoji is, which is a table of them all.
fn toggle(seq: Seq, reaction: &Reaction) -> Intent {
    let emoji = reaction.emoji.clone();
    if reaction.mine { Intent::Unreact { seq, emoji } } else { Intent::React { seq, emoji } }
}

#[cfg(test)]
mod tests {
    use protocol::Emoji;

    use super::*;

    #[test]
    fn every_choice_is_an_emoji_that_rooms_take() {
        for (emoji, _) in CHOICES {
            assert!(Emoji::parse(emoji).is_some(), "{emoji}");
        }
    }
}
