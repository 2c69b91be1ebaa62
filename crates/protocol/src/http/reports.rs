//! What a browser tells of itself: its errors, and how it fared.
//!
//! Not here: what becomes of it. The invariant: everything is bounded, and nothing has a place for a message's text, a token or the
//! name of a room.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    id::BadId,
    limits::{
        BREADCRUMB_SCALARS, BREADCRUMBS, MEASURED_MS, MEASURED_SAMPLES, MEASURED_SHIFT_MILLIONTHS,
        RECONNECTS, RELEASE_BYTES, REPORT_SCALARS, REPORTED_ERRORS, STACK_BYTES,
    },
    read_by_fields, read_by_tag,
    time::Millis,
};

use super::RequestId;

/// `POST /api/client-errors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorReports {
    /// What the page runs, as error tracking calls it.
    pub release: Release,
    /// What went wrong, the oldest first.
    pub errors: AtMost<ErrorReport, REPORTED_ERRORS>,
}

read_by_fields!(ErrorReports { release, errors });

/// One error of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorReport {
    /// How it came out.
    pub kind: ErrorKind,
    /// What it says of itself.
    pub message: Scalars<REPORT_SCALARS>,
    /// As the browser writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<Bytes<STACK_BYTES>>,
    /// When, by the browser's clock.
    pub at: Millis,
    /// What the page showed.
    pub path: PagePath,
    /// The request that it has to do with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// What happened before, the oldest first.
    #[serde(default, skip_serializing_if = "AtMost::is_empty")]
    pub breadcrumbs: AtMost<Breadcrumb, BREADCRUMBS>,
}

read_by_fields!(ErrorReport { kind, message, stack, at, path, request_id; breadcrumbs });

/// How an error came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ErrorKind {
    /// The app panicked.
    Panic,
    /// A script threw and nobody caught it.
    Error,
    /// A promise was rejected and nobody heard.
    UnhandledRejection,
}

read_by_tag!(ErrorKind {
    "panic" => Panic,
    "error" => Error,
    "unhandledrejection" => UnhandledRejection,
});

/// What a page showed: its kind, never its address, which may have a private room in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PagePath {
    /// The start.
    #[serde(rename = "/")]
    Start,
    /// A room.
    #[serde(rename = "/[room]")]
    Room,
}

read_by_tag!(PagePath {
    "/" => Start,
    "/[room]" => Room,
});

/// Something that happened before an error. It says what kind of thing, never what was in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Breadcrumb {
    /// When, by the browser's clock.
    pub at: Millis,
    /// What it belongs to.
    pub category: BreadcrumbCategory,
    /// What happened.
    pub message: Scalars<BREADCRUMB_SCALARS>,
}

read_by_fields!(Breadcrumb { at, category, message });

/// What a breadcrumb belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BreadcrumbCategory {
    /// The socket came, went or was waited for.
    Connection,
    /// A command was sent or answered.
    Command,
    /// The page shows something else.
    Navigation,
    /// A request by HTTP.
    Http,
}

read_by_tag!(BreadcrumbCategory {
    "connection" => Connection,
    "command" => Command,
    "navigation" => Navigation,
    "http" => Http,
});

/// `POST /api/client-metrics`: how a page fared since it last said so. A value that is out of bounds counts as not measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ClientMetrics {
    /// From navigation to the loaded page.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "measured")]
    pub page_load_ms: Option<Measured>,
    /// From navigation to the first message on the screen.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "measured")]
    pub first_message_ms: Option<Measured>,
    /// Largest contentful paint.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "measured")]
    pub lcp_ms: Option<Measured>,
    /// Interaction to next paint.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "measured")]
    pub inp_ms: Option<Measured>,
    /// Cumulative layout shift; has no unit.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "shift")]
    pub cls: Option<Shift>,
    /// Times that it had to connect again.
    #[serde(deserialize_with = "reconnects")]
    pub reconnects: u32,
    /// From a command's leaving to its ack: a sample, at most 20.
    #[serde(deserialize_with = "samples")]
    pub acks_ms: Vec<Measured>,
    /// From an event's instant to its arrival: a sample, at most 20.
    #[serde(deserialize_with = "samples")]
    pub deliveries_ms: Vec<Measured>,
}

/// A measured duration in whole milliseconds, at most ten minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Measured(u32);

/// A layout shift, kept in millionths, at most 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "f64"))]
#[serde(into = "f64")]
pub struct Shift(u32);

impl Measured {
    /// `None` where it is out of bounds, or no number.
    #[must_use]
    pub fn new(ms: f64) -> Option<Self> {
        whole(ms, MEASURED_MS).map(Self)
    }

    /// In milliseconds.
    #[must_use]
    pub const fn ms(self) -> u32 {
        self.0
    }
}

impl Shift {
    /// `None` where it is out of bounds, or no number.
    #[must_use]
    pub fn new(shift: f64) -> Option<Self> {
        whole(shift * 1_000_000.0, MEASURED_SHIFT_MILLIONTHS).map(Self)
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.0
    }
}

impl From<Shift> for f64 {
    fn from(shift: Shift) -> Self {
        Self::from(shift.0) / 1_000_000.0
    }
}

/// Rounded; `None` below 0, above `most`, and for what is no number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and `most`")]
fn whole(value: f64, most: u32) -> Option<u32> {
    let rounded = value.round();
    (0.0..=f64::from(most)).contains(&rounded).then_some(rounded as u32)
}

fn measured<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Measured>, D::Error> {
    Ok(Option::<f64>::deserialize(deserializer)?.and_then(Measured::new))
}

fn shift<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Shift>, D::Error> {
    Ok(Option::<f64>::deserialize(deserializer)?.and_then(Shift::new))
}

fn reconnects<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(whole(f64::deserialize(deserializer)?, RECONNECTS).unwrap_or_default())
}

fn samples<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Measured>, D::Error> {
    let all = Vec::<f64>::deserialize(deserializer)?;
    Ok(all.into_iter().take(MEASURED_SAMPLES).filter_map(Measured::new).collect())
}

/// Why a report cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has more than {0}")]
pub struct TooMuch(usize);

/// Text of at most so many Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(inline, with = "String", extend("maxLength" = MOST)))]
#[serde(try_from = "String", into = "String")]
pub struct Scalars<const MOST: usize>(String);

/// Text of at most so many bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline, with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct Bytes<const MOST: usize>(String);

/// A list of at most so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(inline, with = "Vec<T>", extend("maxItems" = MOST)))]
#[cfg_attr(feature = "schema", schemars(bound = "T: schemars::JsonSchema"))]
#[serde(try_from = "Vec<T>", into = "Vec<T>", bound(serialize = "T: Serialize + Clone"))]
pub struct AtMost<T, const MOST: usize>(Vec<T>);

impl<const MOST: usize> Scalars<MOST> {
    /// What fits of `text`, from its start.
    #[must_use]
    pub fn cut(text: &str) -> Self {
        Self(text.chars().take(MOST).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> Bytes<MOST> {
    /// What fits of `text`, from its start.
    #[must_use]
    pub fn cut(text: &str) -> Self {
        let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= MOST).last();
        Self(text.get(..end.unwrap_or_default()).unwrap_or_default().to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T, const MOST: usize> AtMost<T, MOST> {
    /// The last of them that fit.
    #[must_use]
    pub fn last_of(mut all: Vec<T>) -> Self {
        Self(all.split_off(all.len().saturating_sub(MOST)))
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T, const MOST: usize> Default for AtMost<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<const MOST: usize> TryFrom<String> for Scalars<MOST> {
    type Error = TooMuch;
    fn try_from(text: String) -> Result<Self, TooMuch> {
        if text.chars().count() > MOST { Err(TooMuch(MOST)) } else { Ok(Self(text)) }
    }
}

impl<const MOST: usize> TryFrom<String> for Bytes<MOST> {
    type Error = TooMuch;
    fn try_from(text: String) -> Result<Self, TooMuch> {
        if text.len() > MOST { Err(TooMuch(MOST)) } else { Ok(Self(text)) }
    }
}

impl<T, const MOST: usize> TryFrom<Vec<T>> for AtMost<T, MOST> {
    type Error = TooMuch;
    fn try_from(all: Vec<T>) -> Result<Self, TooMuch> {
        if all.len() > MOST { Err(TooMuch(MOST)) } else { Ok(Self(all)) }
    }
}

impl<const MOST: usize> From<Scalars<MOST>> for String {
    fn from(text: Scalars<MOST>) -> Self {
        text.0
    }
}

impl<const MOST: usize> From<Bytes<MOST>> for String {
    fn from(text: Bytes<MOST>) -> Self {
        text.0
    }
}

impl<T, const MOST: usize> From<AtMost<T, MOST>> for Vec<T> {
    fn from(all: AtMost<T, MOST>) -> Self {
        all.0
    }
}

/// What a program calls its version, as in `edgewise@0.1.0+0123abc`: 1–100 of `[A-Za-z0-9@+._-]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[A-Za-z0-9@+._-]{1,100}$")))]
#[serde(try_from = "String", into = "String")]
pub struct Release(String);

impl Release {
    /// Reads one.
    ///
    /// # Errors
    /// [`BadId`] when it is empty, too long, or has another character.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"@+._-".contains(&b);
        match text.len() {
            0 => Err(BadId::Empty),
            1..=RELEASE_BYTES if text.bytes().all(allowed) => Ok(Self(text.to_owned())),
            1..=RELEASE_BYTES => Err(BadId::Character("A-Z a-z 0-9 @ + . _ -")),
            _ => Err(BadId::TooLong(RELEASE_BYTES)),
        }
    }

    /// The release as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Release {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<Release> for String {
    fn from(release: Release) -> Self {
        release.0
    }
}
