//! What a screen has asked the server for.

use std::{future::Future, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use yew::{Html, hook, html, use_effect_with, use_state};

use crate::{http::Failure, words};

/// An answer that is waited for, is here, or was refused.
pub enum Loaded<T> {
    /// Nothing came yet.
    Waiting,
    /// The newest answer.
    Here(Rc<T>),
    /// Why there is none.
    Refused(String),
}

impl<T> Loaded<T> {
    /// The answer, if it is here.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(answer) => Some(&**answer),
            Self::Waiting | Self::Refused(_) => None,
        }
    }

    /// What is drawn where there is no answer: grey lines, or why.
    pub fn instead(&self) -> Html {
        match self {
            Self::Here(_) => Html::default(),
            Self::Waiting => html! {
                <div class="skeleton" role="status" aria-label={words::loading()}>
                    <div class="bone"><i></i><b></b><s></s></div>
                    <div class="bone"><i></i><b></b><s></s></div>
                </div>
            },
            Self::Refused(why) => html! { <p class="trouble" role="alert">{ why }</p> },
        }
    }
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Here(answer) => Self::Here(answer.clone()),
            Self::Refused(why) => Self::Refused(why.clone()),
        }
    }
}

/// Asks when the screen opens, and again whenever `about` has changed; what was told before stands until then.
#[hook]
pub fn use_loaded<About, T, Asked>(about: About, ask: impl Fn(&About) -> Asked + 'static) -> Loaded<T>
where
    About: PartialEq + 'static,
    T: 'static,
    Asked: Future<Output = Result<T, Failure>> + 'static,
{
    let loaded = use_state(|| Loaded::Waiting);
    use_effect_with(about, {
        let loaded = loaded.setter();
        move |about| {
            let (asked, still_wanted) = (ask(about), Rc::new(()));
            let wanted = Rc::downgrade(&still_wanted);
            spawn_local(async move {
                let answer = asked.await;
                if wanted.upgrade().is_some() {
                    loaded.set(match answer {
                        Ok(answer) => Loaded::Here(Rc::new(answer)),
                        Err(failure) => Loaded::Refused(failure.sentence()),
                    });
                }
            });
            move || drop(still_wanted)
        }
    });
    (*loaded).clone()
}
