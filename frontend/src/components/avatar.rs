//! A member's face in a circle.

use protocol::MemberId;
use yew::{Html, Properties, classes, component, html};

use crate::face::{hue_class, initials};

/// Whose.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Gives the hue.
    pub id: MemberId,
    /// Gives the letters.
    pub name: String,
}

/// Says nothing to a screen reader: the name always stands beside it.
#[component]
pub fn Avatar(props: &Props) -> Html {
    html! {
        <span class={classes!("avatar", hue_class(&props.id))} aria-hidden="true">{ initials(&props.name) }</span>
    }
}
