//! One's own account: taking along what one wrote, and deleting it all.
//!
//! Few ever come here, so it is one screen behind one address. Not here: the asking of servers. Invariant: nothing is deleted that
//! was not asked about once more, with words that say what will happen.

use protocol::Legacy;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

use crate::words;

/// How far somebody has got with leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// They choose what becomes of their messages.
    Choosing(Legacy),
    /// They are asked once more.
    Asked(Legacy),
    /// The server is asked.
    Waiting(Legacy),
    /// The server did not do it, and says why.
    Refused(Legacy, String),
    /// There is no such account any more.
    Gone,
}

/// What to draw.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader's name.
    pub name: String,
    /// How far they have got.
    pub step: Step,
    /// Takes the next step.
    pub on_step: Callback<Step>,
    /// Told when they begin again as somebody new.
    pub on_anew: Callback<()>,
}

/// Draws it.
#[component]
pub fn Account(props: &Props) -> Html {
    if props.step == Step::Gone {
        return html! {
            <main class="nowhere account">
                <h1>{ words::account_gone() }</h1>
                <p role="status">{ words::account_gone_means() }</p>
                <button type="button" onclick={props.on_anew.reform(|_: MouseEvent| ())}>{ words::start_anew() }</button>
            </main>
        };
    }
    html! {
        <main class="nowhere account">
            <h1>{ words::account() }</h1>
            <p>{ words::account_you_are(&props.name) }</p>
            <h2>{ words::download_my_data() }</h2>
            <p>{ words::download_means() }</p>
            <p><a href="/api/me/export" download="edgewise.zip">{ words::download_my_data() }</a></p>
            <h2>{ words::delete_account() }</h2>
            <p>{ words::delete_account_means() }</p>
            { leaving(props) }
            <p><a href="/">{ words::go_to_lobby() }</a></p>
        </main>
    }
}

fn leaving(props: &Props) -> Html {
    let to = |step: Step| props.on_step.reform(move |_: MouseEvent| step.clone());
    match &props.step {
        Step::Choosing(legacy) | Step::Refused(legacy, _) => {
            let problem = if let Step::Refused(_, why) = &props.step { why.as_str() } else { "" };
            html! {
                <>
                    <fieldset>
                        <legend>{ words::messages_become() }</legend>
                        { choice(props, Legacy::Anonymised, *legacy, words::messages_stay()) }
                        { choice(props, Legacy::Removed, *legacy, words::messages_go()) }
                    </fieldset>
                    <p class="trouble" role="alert">{ problem.to_owned() }</p>
                    <button type="button" onclick={to(Step::Asked(*legacy))}>{ words::delete_account() }</button>
                </>
            }
        }
        Step::Asked(legacy) => html! {
            <div role="group" aria-label={words::delete_account()}>
                <p role="alert">{ sure(*legacy) }</p>
                <button type="button" class="danger" onclick={to(Step::Waiting(*legacy))}>{ words::delete_account_yes() }</button>
                <button type="button" onclick={to(Step::Choosing(*legacy))}>{ words::keep_account() }</button>
            </div>
        },
        Step::Waiting(_) | Step::Gone => html! { <p role="status">{ words::account_going() }</p> },
    }
}

fn sure(legacy: Legacy) -> &'static str {
    match legacy {
        Legacy::Anonymised => words::delete_account_sure_stay(),
        Legacy::Removed => words::delete_account_sure_go(),
    }
}

fn choice(props: &Props, one: Legacy, chosen: Legacy, label: &'static str) -> Html {
    let onchange = props.on_step.reform(move |_| Step::Choosing(one));
    html! {
        <label class="choice">
            <input type="radio" name="messages" value={one.as_str()} checked={one == chosen} {onchange} />
            { label }
        </label>
    }
}
