//! A JSON value that was read, and is read on: as the shape that should stand there.
//!
//! serde_json has one, too. Its objects are B-trees, which is 40 KB of a page's wasm for a handful of fields each; here an object is
//! the list of what stood in it. Not here: what an object must have (`fields`). Invariant: nothing that stood in the text is lost.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::Error;

/// A value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0 on.
    Whole(u64),
    /// A whole number below 0.
    Below(i64),
    /// Any other number.
    Broken(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object: its fields as they stood there, one that stands twice too.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// What it says, if it is a text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// What it counts, if it is a number; a whole one above 2⁵³ as nearly as may be.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "whoever asks for this is not exact")]
    pub const fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Below(number) => Some(*number as f64),
            Self::Broken(number) => Some(*number),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// What stands in it, if it is a list.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// A field of it, if it is an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(u64::try_from(value).map_or(Json::Below(value), Json::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Broken(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = entries.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}

impl IntoDeserializer<'_, Error> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Whole(value) => visitor.visit_u64(value),
            Self::Below(value) => visitor.visit_i64(value),
            Self::Broken(value) => visitor.visit_f64(value),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(values) => {
                let mut values = SeqDeserializer::new(values.into_iter());
                let read = visitor.visit_seq(&mut values)?;
                values.end().map(|()| read)
            }
            Self::Object(fields) => {
                let mut fields = MapDeserializer::new(fields.into_iter());
                let read = visitor.visit_map(&mut fields)?;
                fields.end().map(|()| read)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if matches!(self, Self::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(word) => visitor.visit_enum(Word(word)),
            _ => Err(Error::invalid_type(Unexpected::Other("something else"), &"a word")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A variant that holds nothing; others are read by `tagged`.
struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: serde::de::DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Error> {
        let variant = seed.deserialize(Json::Text(self.0))?;
        Ok((variant, Self(String::new())))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: serde::de::DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Error> {
        Err(Error::custom("a word holds nothing"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a word holds nothing"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a word holds nothing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
        T::deserialize(serde_json::from_str::<Json>(json)?)
    }

    #[test]
    fn numbers_come_out_as_they_went_in() {
        assert_eq!(read::<u64>("18446744073709551615").ok(), Some(u64::MAX));
        assert_eq!(read::<i64>("-9223372036854775808").ok(), Some(i64::MIN));
        assert_eq!(read::<f64>("7").ok(), Some(7.0));
        assert_eq!(read::<f64>("-0.25").ok(), Some(-0.25));
        assert!(read::<u64>("-1").is_err() && read::<u64>("1.5").is_err() && read::<u8>("256").is_err());
    }

    #[test]
    fn a_list_of_another_length_is_no_pair() {
        assert_eq!(read::<(u64, u64)>("[1,2]").ok(), Some((1, 2)));
        assert!(read::<(u64, u64)>("[1]").is_err() && read::<(u64, u64)>("[1,2,3]").is_err());
    }

    #[test]
    fn null_is_nothing_and_nothing_else_is() {
        assert_eq!(read::<Option<bool>>("null").ok(), Some(None));
        assert_eq!(read::<Option<bool>>("false").ok(), Some(Some(false)));
        assert_eq!(read::<Vec<Option<String>>>(r#"[null,"é"]"#).ok(), Some(vec![None, Some("é".to_owned())]));
    }

    #[test]
    fn a_word_is_a_variant() {
        assert_eq!(read::<crate::RejectCode>(r#""busy""#).ok(), Some(crate::RejectCode::Busy));
        assert!(read::<crate::RejectCode>(r#"{"busy":null}"#).is_err());
    }
}
