//! The fields of a JSON object, taken out one by one: how tagged shapes (frames, events, commands) are read.
//!
//! What serde derives for a tag inside an object buffers all of it in a type of its own and reads every variant out of that
//! by code made for it alone: a seventh of the Worker's wasm, for nine frames. Here an object is read once, and each kind of
//! value by one piece of code, whoever holds it. The invariant: a field that is asked for and stands
//! twice makes the whole object none.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, Visitor},
};

use crate::json::Json;

pub use serde_json::Error;

/// What is left of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Fields(Vec<(String, Json)>);

impl Fields {
    /// Those of an object in JSON.
    ///
    /// # Errors
    /// When it is no JSON, or no object.
    pub fn read(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json)
    }

    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// A field as it is, which stays.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// A field that is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::as_str)
    }

    /// The tag that says how to read the others.
    ///
    /// # Errors
    /// When it is missing or no string.
    pub fn tag(&mut self, name: &'static str) -> Result<String, Error> {
        self.take(name)
    }

    /// A field that must be there, or, for an `Option`, may be null or absent.
    ///
    /// # Errors
    /// When it is missing or cannot be read.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Error> {
        T::deserialize(self.remove(name)?.unwrap_or_default())
            .map_err(|error| Error::custom(format_args!("`{name}`: {error}")))
    }

    /// A field that may be absent: then it is what its type begins as.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn take_or_default<T: DeserializeOwned + Default>(&mut self, name: &'static str) -> Result<T, Error> {
        self.remove(name)?.map_or_else(|| Ok(T::default()), T::deserialize)
    }

    /// A field that may be absent, and whose null says something else than its absence.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn take_even_null<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<Option<T>, Error> {
        self.remove(name)?.map(T::deserialize).transpose()
    }

    /// All that is left, as one value whose own fields they are.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn rest<T: DeserializeOwned>(self) -> Result<T, Error> {
        T::deserialize(Json::Object(self.0))
    }

    /// A field that stands twice says nothing: which of them is meant, each reader would answer otherwise.
    fn remove(&mut self, name: &'static str) -> Result<Option<Json>, Error> {
        let Some(at) = self.0.iter().position(|(field, _)| field == name) else { return Ok(None) };
        let (_, value) = self.0.swap_remove(at);
        match self.get(name) {
            None => Ok(Some(value)),
            Some(_) => Err(Error::custom(format_args!("`{name}` stands twice"))),
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Fields;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = entries.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}

/// Reads `$shape` wherever serde is asked for one: by a function from its [`Fields`], or from the fields named here, of which those
/// after the semicolon may be absent. Serde's own derive makes thrice the code, and takes an array for an object.
#[macro_export]
macro_rules! read_by_fields {
    ($shape:ty, $read:path) => {
        impl<'de> ::serde::Deserialize<'de> for $shape {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let fields = <$crate::fields::Fields as ::serde::Deserialize>::deserialize(deserializer)?;
                $read(fields).map_err(::serde::de::Error::custom)
            }
        }
    };
    ($shape:ident { $($field:ident),* $(; $($absent:ident),*)? }) => {
        const _: () = {
            fn read(mut fields: $crate::fields::Fields) -> Result<$shape, $crate::fields::Error> {
                Ok($shape {
                    $($field: fields.take(stringify!($field))?,)*
                    $($($absent: fields.take_or_default(stringify!($absent))?,)*)?
                })
            }
            $crate::read_by_fields!($shape, read);
        };
    };
}
