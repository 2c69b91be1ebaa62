//! Who is in the room.

use client::view::People;
use protocol::{Availability, MemberId, Present, Role};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    components::{Avatar, Icon},
    words,
};

/// Who, and who reads.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Everybody, or a sample.
    pub people: People,
    /// The reader.
    pub me: MemberId,
    /// Told whom the reader wants to write to alone.
    pub on_direct: Callback<MemberId>,
}

/// The reader first, then who is at the keyboard, then who is away; by name.
#[component]
pub fn Roster(props: &Props) -> Html {
    let mut members: Vec<&Present> = props.people.members.iter().collect();
    members.sort_by_key(|member| {
        (
            member.id != props.me,
            member.state == Availability::Away,
            member.name.to_lowercase(),
            member.id.clone(),
        )
    });
    let unseen = usize::try_from(props.people.count).unwrap_or(usize::MAX).saturating_sub(members.len());
    html! {
        <>
            <h2 id="people-title">{ words::in_the_room() }{ " " }<span class="number">{ words::number(props.people.count) }</span></h2>
            <ul class="members" aria-labelledby="people-title">
                { for members.into_iter().map(|member| line(member, props)) }
            </ul>
            if unseen > 0 {
                <p class="hint">{ words::and_more(unseen) }</p>
            }
        </>
    }
}

fn line(member: &Present, props: &Props) -> Html {
    let away = member.state == Availability::Away;
    let role = match member.role {
        Role::Owner => Some(words::owner()),
        Role::Moderator => Some(words::moderator()),
        Role::Member => None,
    };
    let is_me = member.id == props.me;
    let you = is_me.then(words::you);
    let words: Vec<_> = you.into_iter().chain(role).chain(away.then(words::away)).collect();
    html! {
        <li key={member.id.to_string()} class={classes!("member", away.then_some("away"))}>
            <Avatar id={member.id.clone()} name={member.name.clone()} />
            <div>
                <span class="name">{ &member.name }</span>
                if !words.is_empty() {
                    <small>{ words.join(" · ") }</small>
                }
            </div>
            if !is_me {
                { direct(member, &props.on_direct) }
            }
            <span class={classes!("dot", if away { "hollow" } else { "full" })} aria-hidden="true" />
        </li>
    }
}

fn direct(member: &Present, on_direct: &Callback<MemberId>) -> Html {
    let (label, id) = (words::write_alone(&member.name), member.id.clone());
    let onclick = on_direct.reform(move |_| id.clone());
    html! {
        <button type="button" class="direct" aria-label={label.clone()} title={label} {onclick}>{ Icon::Send.draw() }</button>
    }
}
