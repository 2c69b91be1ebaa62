//! Enums as serde writes them when they are tagged from outside: `"word"`, or `{"word":…}` with what the variant holds.
//!
//! How they are written, serde derives; how they are read stands here, for the reason that fields.rs gives. A test of each shape
//! (golden files, or one that reads what was written) keeps the two in step.

use crate::{
    fields::{Error, Fields},
    json::Json,
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

/// A variant's word, and what it holds.
#[derive(Debug)]
pub struct Tagged {
    /// Which variant.
    pub tag: String,
    /// Null where it holds nothing.
    pub content: Content,
}

/// What a variant holds.
#[derive(Debug)]
pub struct Content(Json);

impl Content {
    /// As one value.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn one<T: DeserializeOwned>(self) -> Result<T, Error> {
        T::deserialize(self.0)
    }

    /// As fields.
    ///
    /// # Errors
    /// When it is no object.
    pub fn fields(self) -> Result<Fields, Error> {
        self.one()
    }
}

/// What a word gets that is no variant's.
#[must_use]
pub fn unknown(tag: &str) -> Error {
    serde::de::Error::custom(format_args!("`{tag}` is none of the words that may stand there"))
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(tag) => Ok(Self { tag, content: Content(Json::Null) }),
            Json::Object(variant) if variant.len() == 1 => {
                let only = variant.into_iter().next().unwrap_or_default();
                Ok(Self { tag: only.0, content: Content(only.1) })
            }
            _ => Err(serde::de::Error::custom("neither a word nor an object with one field")),
        }
    }
}

/// Reads `$shape` wherever serde is asked for one, by its variants' words. The last line may say what any other word stands for.
#[macro_export]
macro_rules! read_by_tag {
    ($shape:ident {
        $($tag:literal => $variant:ident $(($one:ident))? $({ $($field:ident),* })?,)*
        $(_ => $other:ident,)?
    }) => {
        impl<'de> ::serde::Deserialize<'de> for $shape {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                fn read(tagged: $crate::tagged::Tagged) -> Result<$shape, $crate::fields::Error> {
                    let $crate::tagged::Tagged { tag, content: _content } = tagged;
                    Ok(match tag.as_str() {
                        $($tag => $crate::read_by_tag!(@ _content $shape $variant $(($one))? $({ $($field),* })?),)*
                        tag => $crate::read_by_tag!(@else tag $shape $($other)?),
                    })
                }
                let tagged = <$crate::tagged::Tagged as ::serde::Deserialize>::deserialize(deserializer)?;
                read(tagged).map_err(::serde::de::Error::custom)
            }
        }
    };
    (@else $tag:ident $shape:ident) => { return Err($crate::tagged::unknown($tag)) };
    (@else $tag:ident $shape:ident $other:ident) => {{ let _ = $tag; $shape::$other }};
    (@ $content:ident $shape:ident $variant:ident) => { $shape::$variant };
    (@ $content:ident $shape:ident $variant:ident ($one:ident)) => { $shape::$variant($content.one()?) };
    (@ $content:ident $shape:ident $variant:ident { $($field:ident),* }) => {{
        let mut fields = $content.fields()?;
        $shape::$variant { $($field: fields.take(stringify!($field))?),* }
    }};
}
