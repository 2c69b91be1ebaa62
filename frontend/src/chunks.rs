//! Screens that few visits need. Their code lies in chunks: files of wasm beside the app's own, each fetched when it is first drawn.
//!
//! The build splits the app at the functions named here (`xtask/src/chunks.rs`); a build without the feature `chunks`, as tests are,
//! holds everything in one. Invariant: only this file names what is split, so that nothing else has to know.

use std::{future::Future, pin::Pin, rc::Rc};

use futures::FutureExt;
use markup::Block;
use protocol::http::Nudge;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_force_update, use_state};

use crate::{
    components::{Actions, ToDate, actions::Props as ActionsProps, day::ToDateProps, skeleton},
    memory,
    pages::{
        AccountPage, AccountProps, DesignPage, DesignProps, DirectoryPage, DirectoryProps, InvitedPage,
        InvitedProps,
    },
    screens::{self, Props as ScreenProps, Screen},
    who::{Who, WhoProps},
    words,
};

/// Where one asks for traces.
const TRACE: &str = "trace";

/// Says in the browser's console what the program does, for whoever sets `trace` to `true` in the page's local storage.
pub fn trace_if_asked() {
    if memory::read(TRACE) == Some(true) {
        spawn_local(async {
            if trace_chunk(tracing::Level::TRACE).await.is_err() {
                gloo::console::warn!("no traces: their code could not be loaded");
            }
        });
    }
}

/// A screen in the place of the people.
pub fn screen(props: ScreenProps) -> Html {
    once_here(move || Box::pin(screen_chunk(props.clone())))
}

/// Who is behind a reaction.
pub fn who(props: WhoProps) -> Html {
    once_here(move || Box::pin(who_chunk(props.clone())))
}

/// What can be done with a message.
pub fn actions(props: ActionsProps) -> Html {
    once_here_but_unseen(move || Box::pin(actions_chunk(props.clone())))
}

/// The field that asks for a day.
pub fn to_date(props: ToDateProps) -> Html {
    once_here_but_unseen(move || Box::pin(to_date_chunk(props.clone())))
}

/// All public rooms.
pub fn directory(props: DirectoryProps) -> Html {
    once_here(move || Box::pin(directory_chunk(props.clone())))
}

/// Every component in every state.
pub fn design(props: DesignProps) -> Html {
    once_here(move || Box::pin(design_chunk(props.clone())))
}

/// What an invitation leads to.
pub fn invited(props: InvitedProps) -> Html {
    once_here(move || Box::pin(invited_chunk(props.clone())))
}

/// One's own account.
pub fn account(props: AccountProps) -> Html {
    once_here(move || Box::pin(account_chunk(props.clone())))
}

/// What a text with marks says, if the parser is here already.
pub fn parsed(text: &str) -> Option<Vec<Block>> {
    parse_chunk(text.to_owned()).now_or_never()?.ok()
}

/// Waits for the parser; false if it does not come.
pub async fn parser() -> bool {
    parse_chunk(String::new()).await.is_ok()
}

/// Has a notification shown. One whose code does not come is not shown: the count of what is unread stands in the page.
pub fn notify(nudge: Nudge) {
    spawn_local(async move {
        if notify_chunk(nudge).await.is_err() {
            tracing::warn!("no notification: its code could not be loaded");
        }
    });
}

/// Defines a function in the chunk of this name. To its callers it is `async` and may fail, since the chunk may have to come.
macro_rules! split {
    ($chunk:ident: fn $name:ident($given:ident: $of:ty) -> $result:ty = $does:expr) => {
        #[cfg(feature = "chunks")]
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        fn $name($given: $of) -> Result<$result, Missing> {
            Ok($does)
        }
        #[cfg(not(feature = "chunks"))]
        async fn $name($given: $of) -> Result<$result, Missing> {
            Ok($does)
        }
    };
}

split!(trace: fn trace_chunk(level: tracing::Level) -> () =
tracing_wasm::set_as_global_default_with_config(
    tracing_wasm::WASMLayerConfigBuilder::new().set_max_level(level).set_report_logs_in_timings(false).build(),
));
split!(screens: fn screen_chunk(props: ScreenProps) -> Html = html! { <Screen ..props /> });
split!(who: fn who_chunk(props: WhoProps) -> Html = html! { <Who ..props /> });
split!(tools: fn actions_chunk(props: ActionsProps) -> Html = html! { <Actions ..props /> });
split!(tools: fn to_date_chunk(props: ToDateProps) -> Html = html! { <ToDate ..props /> });
split!(screens: fn notify_chunk(nudge: Nudge) -> () = screens::notify(&nudge));
split!(marks: fn parse_chunk(text: String) -> Vec<Block> = markup::parse(&text));
split!(invited: fn invited_chunk(props: InvitedProps) -> Html = html! { <InvitedPage ..props /> });
split!(account: fn account_chunk(props: AccountProps) -> Html = html! { <AccountPage ..props /> });
split!(design: fn design_chunk(props: DesignProps) -> Html = html! { <DesignPage ..props /> });
split!(directory: fn directory_chunk(props: DirectoryProps) -> Html = html! { <DirectoryPage ..props /> });

/// A chunk did not come: the network, or a newer build has taken this one's place.
struct Missing;

#[cfg(feature = "chunks")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

type Drawing = Pin<Box<dyn Future<Output = Result<Html, Missing>>>>;

/// Draws from a chunk; asked again whenever what it draws has changed.
#[derive(Clone)]
struct Draw(Rc<dyn Fn() -> Drawing>);

impl PartialEq for Draw {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn once_here(draw: impl Fn() -> Drawing + 'static) -> Html {
    let meanwhile = html! { <div class="coming">{ skeleton() }</div> };
    html! { <OnceHere draw={Draw(Rc::new(draw))} {meanwhile} /> }
}

/// For what is too small to have its place kept.
fn once_here_but_unseen(draw: impl Fn() -> Drawing + 'static) -> Html {
    html! { <OnceHere draw={Draw(Rc::new(draw))} meanwhile={Html::default()} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    draw: Draw,
    meanwhile: Html,
}

/// What a chunk draws, or what stands there until it has come.
#[component]
fn OnceHere(props: &Props) -> Html {
    let came = use_force_update();
    let missing = use_state(|| false);
    // A chunk that is here answers at once. One that is not is on its way from now on: asking twice fetches it once.
    let now = (props.draw.0)().now_or_never();
    use_effect_with((now.is_none(), *missing), {
        let (draw, missing) = (props.draw.clone(), missing.setter());
        move |(waits, gave_up)| {
            if *waits && !*gave_up {
                spawn_local(async move {
                    match draw.0().await {
                        Ok(_) => came.force_update(),
                        Err(Missing) => missing.set(true),
                    }
                });
            }
        }
    });
    let again = {
        let missing = missing.setter();
        Callback::from(move |_| missing.set(false))
    };
    match now {
        Some(Ok(drawn)) => drawn,
        _ if *missing => html! {
            <div class="nowhere" role="alert">
                <p>{ words::chunk_missing() }</p>
                <button type="button" onclick={again}>{ words::try_again() }</button>
            </div>
        },
        _ => props.meanwhile.clone(),
    }
}
