//! Lines across the timeline: a day begins, the unread begins, a gap.

use client::view::GapEdge;
use protocol::{Millis, Seq};
use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, KeyboardEvent, Properties, SubmitEvent, component, html, use_effect_with, use_node_ref,
    use_state_eq,
};

use crate::{
    calendar::Reading,
    chunks,
    field::{self, Key},
    intent::Intent,
    words,
};

/// Which day.
#[derive(Debug, Clone, Properties)]
pub struct Props {
    /// As the reader calls it.
    pub label: String,
    /// When it begins.
    pub at: Millis,
    /// The reader's now.
    pub reading: Reading,
    /// Takes the wish to see another day.
    pub on_intent: Callback<Intent>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // The label says of now what counts here.
        (&self.label, self.at, &self.on_intent) == (&other.label, other.at, &other.on_intent)
    }
}

/// A day begins; its name is the way to another one.
#[component]
pub fn Day(props: &Props) -> Html {
    let asking = use_state_eq(|| false);
    let ask = {
        let asking = asking.clone();
        move |_| asking.set(true)
    };
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <div class="line day">
            if *asking {
                { chunks::to_date(ToDateProps { at: props.at, reading: props.reading, on_intent: props.on_intent.clone(), on_close: close }) }
            } else {
                <button type="button" class="quiet" title={words::jump_to_date()} onclick={ask}>
                    <time datetime={Reading::machine(props.at)}>{ &props.label }</time>
                </button>
            }
        </div>
    }
}

/// From which day.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToDateProps {
    /// When it begins.
    pub at: Millis,
    /// The reader's now.
    pub reading: Reading,
    /// Takes the wish to see another day.
    pub on_intent: Callback<Intent>,
    /// Told when it is over.
    pub on_close: Callback<()>,
}

/// Asks for a date; Enter leads to what was written then, Escape leaves it.
#[component]
pub fn ToDate(props: &ToDateProps) -> Html {
    let field = use_node_ref();
    use_effect_with((), {
        let field = field.clone();
        move |()| field::focus(&field)
    });
    let onsubmit = {
        let (props, field) = (props.clone(), field.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            // The field tells the day's first instant in UTC; none, while the date is not whole.
            let told = field.cast::<HtmlInputElement>().map_or(f64::NAN, |field| field.value_as_number());
            if let Some(at) = whole_ms(told) {
                props.on_intent.emit(Intent::VisitDate(props.reading.midnight(at)));
                props.on_close.emit(());
            }
        }
    };
    let onkeydown = {
        let on_close = props.on_close.clone();
        move |event: KeyboardEvent| {
            if Key::of(&event) == Key::Leave {
                on_close.emit(());
            }
        }
    };
    html! {
        <form class="to-date" {onsubmit} {onkeydown}>
            <input
                ref={field}
                type="date"
                aria-label={words::jump_to_date()}
                value={props.reading.date(props.at)}
                max={props.reading.date(props.reading.now)}
            />
            <button type="submit" class="quiet">{ words::jump() }</button>
        </form>
    }
}

/// A number of milliseconds that a field tells; none where that is none, or before 1970.
fn whole_ms(told: f64) -> Option<u64> {
    let day = format!("{told:.0}");
    day.parse().ok()
}

/// The unread begins.
#[component]
pub fn NewLine() -> Html {
    html! {
        <div class="line new" role="separator" aria-label={words::new_messages()}><span>{ words::new() }</span></div>
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
    let fill = props.on_intent.reform(move |_| Intent::FillGap(GapEdge::After(above)));
    html! {
        <div class="line gap" data-above={above.to_string()}>
            <button type="button" class="quiet" onclick={fill}>{ words::show_gap() }</button>
        </div>
    }
}
