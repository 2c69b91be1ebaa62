//! Who is behind a reaction, beside its chip. Asked for when somebody looks at the chip, and said to screen readers when it comes.

use gloo::timers::callback::Timeout;
use protocol::{Seq, Slug, http::MessageReactions};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, Properties, component, html, use_effect_with, use_state};

use crate::{face::called, http, words};

/// A pointer that only passes by asks for nothing.
const LOOKED_AT_MS: u32 = 250;

/// Of which reaction.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct WhoProps {
    /// The room.
    pub room: Slug,
    /// The message.
    pub seq: Seq,
    /// Which.
    pub emoji: String,
    /// How many there are.
    pub count: u32,
}

/// What the line is called in the page, for the chip that it describes.
#[must_use]
pub fn id_of(seq: Seq) -> String {
    format!("who-{seq}")
}

/// Draws the line, empty until it is known.
#[component]
pub fn Who(props: &WhoProps) -> Html {
    let told = use_state(String::new);
    use_effect_with(props.clone(), {
        let told = told.setter();
        move |asked| {
            let asked = asked.clone();
            let asking = Timeout::new(LOOKED_AT_MS, move || {
                spawn_local(async move {
                    told.set(match http::reactions(&asked.room, asked.seq).await {
                        Ok(behind) => line(&asked, &behind),
                        Err(failure) => failure.sentence(),
                    });
                });
            });
            move || drop(asking)
        }
    });
    html! { <span class="behind" id={id_of(props.seq)} role="status">{ &*told }</span> }
}

/// Of those whom the answer does not name, how many they are.
fn line(asked: &WhoProps, behind: &MessageReactions) -> String {
    let members = behind.reactions.iter().find(|reaction| reaction.emoji == asked.emoji);
    let members = members.map(|reaction| reaction.members.as_slice()).unwrap_or_default();
    let names: Vec<&str> = members.iter().map(|member| called(&member.name)).collect();
    let more = asked.count.saturating_sub(u32::try_from(names.len()).unwrap_or(u32::MAX));
    let names = names.join(", ");
    if more == 0 {
        words::reacted(&names, &asked.emoji)
    } else {
        words::reacted_too(&names, more, &asked.emoji)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use protocol::{Member, MemberId, http::ReactedBy};

    use super::*;

    fn said(count: u32, names: &[&str]) -> String {
        let id = |name: &str| MemberId::parse(&name.to_lowercase()).expect("an id");
        let member = |name: &&str| Member { id: id(name), name: (*name).to_owned() };
        let members = names.iter().map(member).collect();
        let behind = MessageReactions { reactions: vec![ReactedBy { emoji: "👍".to_owned(), members }] };
        let room = Slug::parse("lobby").expect("a slug");
        line(&WhoProps { room, seq: Seq::ZERO.next(), emoji: "👍".to_owned(), count }, &behind)
    }

    #[test]
    fn all_are_named_or_the_rest_is_counted() {
        assert_eq!(said(2, &["Ada", "Bob"]), "Ada, Bob reacted with 👍");
        assert_eq!(said(9, &["Ada", "Bob"]), "Ada, Bob and 7 more reacted with 👍");
    }

    #[test]
    fn one_who_took_it_back_meanwhile_makes_nobody_less_than_nobody() {
        assert_eq!(said(1, &["Ada", "Bob"]), "Ada, Bob reacted with 👍");
    }
}
