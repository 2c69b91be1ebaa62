//! Taking a name: for a guest who has none yet, and for whoever asks for another.

use protocol::Name;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

use crate::{
    components::NameField,
    http,
    session::{Naming, Session},
};

/// Whose.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader.
    pub session: Session,
    /// Whether they asked for another name.
    pub asked: bool,
    /// Takes the sign-in with its new name.
    pub on_session: Callback<Session>,
    /// Told when it is over.
    pub on_named: Callback<()>,
}

/// The field, or nothing.
#[component]
pub fn Renaming(props: &Props) -> Html {
    let problem = use_state(|| None::<String>);
    let provider = use_state(|| None::<String>);
    let shown = props.session.naming == Naming::Guest || props.asked;
    use_effect_with(shown, {
        let provider = provider.setter();
        move |shown| {
            if *shown {
                spawn_local(async move {
                    // Where that is not known, a name is way enough.
                    if let Ok(ways) = http::ways().await {
                        provider.set(ways.provider);
                    }
                });
            }
        }
    });
    if !shown {
        return Html::default();
    }
    let on_rename = {
        let (props, problem) = (props.clone(), problem.setter());
        Callback::from(move |name: Name| {
            let (props, problem) = (props.clone(), problem.clone());
            spawn_local(async move {
                match props.session.rename(&name).await {
                    Ok(session) => {
                        problem.set(None);
                        props.on_session.emit(session);
                        props.on_named.emit(());
                    }
                    Err(failure) => problem.set(Some(failure.sentence())),
                }
            });
        })
    };
    let on_keep = {
        let props = props.clone();
        Callback::from(move |()| {
            props.on_session.emit(props.session.clone().keep_name());
            props.on_named.emit(());
        })
    };
    html! {
        <NameField
            name={props.session.member.name.clone()}
            provider={(*provider).clone()}
            problem={(*problem).clone()}
            {on_rename}
            {on_keep}
            on_provider={Callback::from(|()| Session::leave_for_provider())}
        />
    }
}
