//! The reader's language, as they set it in this browser; the page's script reads it before there is a program (`shell/words.js`).
//!
//! Not here: the words. Invariant: a language is offered under its own name, so that whoever reads no other finds it.

use crate::memory;

/// Where the choice is kept, as the page's script reads it.
const KEY: &str = "edgewise.language";

/// A language that there are words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// As BCP 47 has it.
    pub tag: &'static str,
    /// What those who read it call it.
    pub name: &'static str,
}

impl Language {
    /// All of them; each has a file in `frontend/words`.
    pub const ALL: [Self; 2] = [Self { tag: "en", name: "English" }, Self { tag: "de", name: "Deutsch" }];

    /// The one that was set in this browser; none is as the browser has it.
    #[must_use]
    pub fn chosen() -> Option<Self> {
        let kept: String = memory::read(KEY)?;
        Self::ALL.into_iter().find(|language| language.tag == kept)
    }

    /// Keeps a choice for the next time the page is loaded; true if the browser kept it.
    pub fn choose(chosen: Option<Self>) -> bool {
        match chosen {
            Some(language) => memory::write(KEY, language.tag).is_ok(),
            None => {
                memory::forget(KEY);
                true
            }
        }
    }
}
