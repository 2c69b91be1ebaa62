//! Lines across the timeline: a day begins, the unread begins, a gap.

use protocol::{Millis, Seq};
use yew::{Callback, Html, Properties, component, html};

use crate::{calendar::Reading, intent::Intent};

/// Which day.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// As the reader calls it.
    pub label: String,
    /// When it begins.
    pub at: Millis,
}

/// A day begins.
#[component]
pub fn Day(props: &Props) -> Html {
    html! {
        <div class="line day" role="separator" aria-label={props.label.clone()}>
            <time datetime={Reading::machine(props.at)}>{ &props.label }</time>
        </div>
    }
}

/// The unread begins.
#[component]
pub fn NewLine() -> Html {
    html! {
        <div class="line new" role="separator" aria-label="New messages"><span>{ "new" }</span></div>
    }
}

/// Where.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct GapProps {
    /// The newest message before it.
    pub above: Seq,
    /// Takes the wish to see them.
    pub on_intent: Callback<Intent>,
}

/// Messages are missing here; they come when the line is scrolled to, or by the button.
#[component]
pub fn GapLine(props: &GapProps) -> Html {
    let above = props.above;
    let fill = props.on_intent.reform(move |_| Intent::FillGap { above });
    html! {
        <div class="line gap" data-above={above.to_string()}>
            <button type="button" class="quiet" onclick={fill}>{ "Show the messages in between" }</button>
        </div>
    }
}
