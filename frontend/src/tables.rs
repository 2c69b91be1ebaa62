//! Tables that completion looks into, each fetched when somebody first begins such a word: the names of emoji, a room's commands.
//!
//! Invariant: until one is here, and where it cannot be had, a colon is a colon and a slash a slash.

use protocol::Slug;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, UseStateHandle, hook, use_callback, use_mut_ref, use_state};

use crate::http;

/// Which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// A line for each emoji: it, then its names.
    Emoji,
    /// A line for each slash command of a room: it, then what hears of it.
    Commands(Slug),
}

/// The table, once it is here, and a way to ask for it.
#[derive(Clone, PartialEq)]
pub struct Table {
    which: Which,
    here: UseStateHandle<Option<(Which, AttrValue)>>,
    on_wanted: Callback<()>,
}

/// A table, for one composer.
#[hook]
pub fn use_table(which: Which) -> Table {
    let here = use_state(|| None);
    let asked = use_mut_ref(|| None::<Which>);
    let on_wanted = {
        let here = here.setter();
        use_callback(which.clone(), move |(), which| {
            // Asked again at the next word, should it not come: the network may be back by then.
            if asked.borrow().as_ref() != Some(which) {
                *asked.borrow_mut() = Some(which.clone());
                let (here, asked, which) = (here.clone(), asked.clone(), which.clone());
                spawn_local(async move {
                    match fetch(&which).await {
                        Ok(table) => here.set(Some((which, AttrValue::from(table)))),
                        Err(_) => *asked.borrow_mut() = None,
                    }
                });
            }
        })
    };
    Table { which, here, on_wanted }
}

impl Table {
    /// Its lines; asks for them where they are not here.
    #[must_use]
    pub fn lines(&self) -> AttrValue {
        match &*self.here {
            Some((which, lines)) if *which == self.which => lines.clone(),
            _ => {
                self.on_wanted.emit(());
                AttrValue::default()
            }
        }
    }
}

async fn fetch(which: &Which) -> Result<String, http::Failure> {
    match which {
        Which::Emoji => http::emoji_names().await,
        Which::Commands(room) => http::commands(room).await,
    }
}
