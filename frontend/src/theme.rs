//! Light, dark, or as the system has it: an attribute of the document, which the style sheet heeds.
//!
//! Not here: the colours. The page's script sets the attribute before anything is painted (shell/boot.js); this changes it.

use gloo::utils::document;

use crate::memory;

/// Where the choice is kept, as plain text: the page's script reads it too.
const KEY: &str = "edgewise.theme";
const ATTRIBUTE: &str = "data-theme";

/// Which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As the attribute and the storage have it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what `as_str` gives; anything else is the system's.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or_default()
    }

    /// The one that was chosen in this browser.
    #[must_use]
    pub fn chosen() -> Self {
        let kept = memory::storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        kept.map(|text| Self::of(&text)).unwrap_or_default()
    }

    /// Shows it, and keeps it for the next visit.
    pub fn choose(self) {
        if let Some(root) = document().document_element()
            && root.set_attribute(ATTRIBUTE, self.as_str()).is_err()
        {
            tracing::warn!("the theme cannot be shown");
        }
        let kept = memory::storage().map(|storage| storage.set_item(KEY, self.as_str()));
        if !matches!(kept, Some(Ok(()))) {
            tracing::warn!("this browser does not keep the theme");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_read_as_it_was_written_and_nonsense_is_the_systems() {
        for theme in Theme::ALL {
            assert_eq!(Theme::of(theme.as_str()), theme);
        }
        assert_eq!(Theme::of("sepia"), Theme::System);
    }
}
