//! The choice of a language: kept in this browser, and spoken from the next load on.
//!
//! Not here: which there are (`language`). Invariant: the page is not loaded again but by a press of its own, for whoever only looks
//! through the choices by keys.

use yew::{Callback, Html, Properties, component, html, use_state};

use crate::{language::Language, navigation, words};

/// What came of the last choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    /// None was made.
    #[default]
    Settled,
    /// It is kept, and this page still speaks the language before.
    Kept,
    /// The browser keeps nothing for us.
    NotKept,
}

/// As it is set in this browser.
#[component]
pub fn LanguageSetting() -> Html {
    let chosen = use_state(Language::chosen);
    let step = use_state(Step::default);
    let on_choose = {
        let (chosen, step) = (chosen.clone(), step.setter());
        Callback::from(move |language: Option<Language>| {
            step.set(if Language::choose(language) { Step::Kept } else { Step::NotKept });
            chosen.set(language);
        })
    };
    let on_reload = Callback::from(|()| navigation::reload());
    html! { <Languages chosen={*chosen} step={*step} {on_choose} {on_reload} /> }
}

/// What to draw.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// None is as the browser has it.
    pub chosen: Option<Language>,
    /// What came of the last choice.
    pub step: Step,
    /// Takes a choice.
    pub on_choose: Callback<Option<Language>>,
    /// Told when the page is to be loaded again.
    pub on_reload: Callback<()>,
}

/// Draws the choice, and the way to see it.
#[component]
pub fn Languages(props: &Props) -> Html {
    let choice = |language: Option<Language>| {
        let onchange = props.on_choose.reform(move |_| language);
        let (tag, name) =
            language.map_or((None, words::language_of_browser()), |one| (Some(one.tag), one.name));
        html! {
            <label class="tick">
                <input type="radio" name="language" value={tag.unwrap_or_default()} checked={props.chosen == language} {onchange} />
                <span lang={tag}>{ name }</span>
            </label>
        }
    };
    html! {
        <>
            <fieldset>
                <legend>{ words::language() }</legend>
                { for [None].into_iter().chain(Language::ALL.map(Some)).map(choice) }
            </fieldset>
            <p class="hint" role="status">{ for (props.step == Step::Kept).then(words::language_after_reload) }</p>
            <p class="trouble" role="alert">{ for (props.step == Step::NotKept).then(words::language_not_kept) }</p>
            if props.step == Step::Kept {
                <div class="choices"><button type="button" onclick={props.on_reload.reform(|_| ())}>{ words::reload() }</button></div>
            }
        </>
    }
}
