//! The reactions under a message, and the ones to choose from.

use protocol::{Reaction, Seq, Slug};
use yew::{Callback, Html, KeyboardEvent, Properties, UseStateHandle, classes, component, html, use_state};

use crate::{
    chunks,
    field::Key,
    intent::Intent,
    who::{WhoProps, id_of},
    words,
};

/// A word in the reader's language.
type Spoken = fn() -> &'static str;

/// What can be chosen with one click; any other emoji that somebody put can be joined.
pub const CHOICES: [(&str, Spoken); 8] = [
    ("👍", words::thumbs_up),
    ("❤️", words::heart),
    ("😂", words::laughing),
    ("🎉", words::party),
    ("👀", words::eyes),
    ("✅", words::done),
    ("🙏", words::thanks),
    ("😢", words::sad),
];

/// Of which message.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room that it is in.
    pub room: Slug,
    /// The message.
    pub seq: Seq,
    /// In their order.
    pub reactions: Vec<Reaction>,
    /// Takes the wish to join one, or to leave it.
    pub on_intent: Callback<Intent>,
}

/// A chip each; a click joins or leaves, and whoever looks at one hears who is behind it.
#[component]
pub fn Reactions(props: &Props) -> Html {
    let looked_at = use_state(|| None::<String>);
    if props.reactions.is_empty() {
        return Html::default();
    }
    let onkeydown = {
        let looked_at = looked_at.setter();
        move |event: KeyboardEvent| {
            if Key::of(&event) == Key::Leave {
                looked_at.set(None);
            }
        }
    };
    let seen = props.reactions.iter().find(|reaction| looked_at.as_ref() == Some(&reaction.emoji));
    html! {
        <div class="reactions" role="group" aria-label={words::reactions()} {onkeydown}>
            { for props.reactions.iter().map(|reaction| chip(props, reaction, &looked_at)) }
            { for seen.map(|reaction| chunks::who(who(props, reaction))) }
        </div>
    }
}

fn who(Props { room, seq, .. }: &Props, reaction: &Reaction) -> WhoProps {
    WhoProps { room: room.clone(), seq: *seq, emoji: reaction.emoji.clone(), count: reaction.count }
}

fn chip(props: &Props, reaction: &Reaction, looked_at: &UseStateHandle<Option<String>>) -> Html {
    let label = match (reaction.count, reaction.mine) {
        (1, true) => words::reaction_only_you(&reaction.emoji),
        (count, true) => words::reaction_you_too(&reaction.emoji, count),
        (count, false) => words::reaction_of(&reaction.emoji, count),
    };
    let intent = toggle(props.seq, reaction);
    let onclick = props.on_intent.reform(move |_| intent.clone());
    let look = |at: Option<&String>| {
        let (looked_at, at) = (looked_at.setter(), at.cloned());
        Callback::from(move |()| looked_at.set(at.clone()))
    };
    let (on_look, on_turn) = (look(Some(&reaction.emoji)), look(None));
    let described = (looked_at.as_ref() == Some(&reaction.emoji)).then(|| id_of(props.seq));
    html! {
        <button
            key={reaction.emoji.clone()}
            type="button"
            class={classes!("chip", reaction.mine.then_some("mine"))}
            aria-pressed={reaction.mine.to_string()}
            aria-label={label}
            aria-describedby={described}
            onpointerover={on_look.reform(|_| ())}
            onpointerout={on_turn.reform(|_| ())}
            onfocusin={on_look.reform(|_| ())}
            onfocusout={on_turn.reform(|_| ())}
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
