//! What a new room is called: its title, its topic, and the slug that is made from the title where none was asked for.

use protocol::{
    Slug,
    http::NewRoom,
    limits::{SLUG_BYTES, TITLE_SCALARS, TOPIC_SCALARS},
    room::Visibility,
};

/// Why a room cannot be called so; for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRoom(pub String);

/// What a new room is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// 1–80 characters.
    pub title: String,
    /// 0–250 characters.
    pub topic: String,
    /// Its address.
    pub slug: Wanted,
    /// Where in the world it should live.
    pub region: Option<Region>,
}

/// The slug of a new room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This one or none.
    Exactly(Slug),
    /// This one, or one that begins so.
    Like(Slug),
    /// One that nobody can guess.
    Minted,
}

/// A region of the world where a room can live; the home may know no regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region(&'static str);

impl Region {
    const ALL: [&str; 9] = ["wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"];

    fn parse(region: &str) -> Result<Self, BadRoom> {
        let known = Self::ALL.into_iter().find(|known| *known == region);
        known.map(Self).ok_or_else(|| BadRoom(format!("region is one of {}.", Self::ALL.join(", "))))
    }

    /// As the runtime calls it.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Naming {
    /// Reads what was asked for.
    pub fn parse(new: &NewRoom) -> Result<Self, BadRoom> {
        let title = new.title.trim();
        if title.is_empty() || title.chars().count() > TITLE_SCALARS {
            return refuse(&format!("title has 1 to {TITLE_SCALARS} characters."));
        }
        let topic = new.topic.as_deref().unwrap_or_default().trim();
        if topic.chars().count() > TOPIC_SCALARS {
            return refuse(&format!("topic has at most {TOPIC_SCALARS} characters."));
        }
        let slug = match (&new.room, new.visibility) {
            (Some(_), Visibility::Private) => {
                return refuse("A private room gets its address from the server: leave out room.");
            }
            (None, Visibility::Private) => Wanted::Minted,
            (Some(room), Visibility::Public) => {
                Wanted::Exactly(Slug::parse(room).map_err(|bad| BadRoom(format!("room: {bad}.")))?)
            }
            (None, Visibility::Public) => Wanted::Like(from_title(title)),
        };
        let region = new.region.as_deref().map(Region::parse).transpose()?;
        Ok(Self { title: title.to_owned(), topic: topic.to_owned(), slug, region })
    }
}

/// `like` with a suffix, for when it is taken: `garden` becomes `garden-x7f3`.
pub fn suffixed(like: &Slug, suffix: &str) -> Option<Slug> {
    let suffix: String = suffix.chars().filter(char::is_ascii_alphanumeric).take(6).collect();
    let room = SLUG_BYTES.saturating_sub(suffix.len() + 1);
    let start: String = like.as_str().chars().take(room).collect();
    Slug::parse(&format!("{}-{}", start.trim_end_matches('-'), suffix.to_ascii_lowercase())).ok()
}

/// ASCII letters and digits in lower case, one dash for whatever stands between them; `room` where nothing is left.
fn from_title(title: &str) -> Slug {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == SLUG_BYTES {
            break;
        }
    }
    let fallback = || Slug::parse("room");
    #[expect(clippy::expect_used, reason = "`room` is a slug")]
    Slug::parse(slug.trim_end_matches('-')).or_else(|_| fallback()).expect("room is a slug")
}

fn refuse(sentence: &str) -> Result<Naming, BadRoom> {
    Err(BadRoom(sentence.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(room: Option<&str>, title: &str) -> NewRoom {
        let room = room.map(str::to_owned);
        NewRoom { room, title: title.to_owned(), visibility: Visibility::Public, topic: None, region: None }
    }

    fn slug(slug: &str) -> Slug {
        Slug::parse(slug).unwrap()
    }

    #[test]
    fn a_slug_is_made_from_the_title() {
        let long = "a".repeat(60);
        let cases = [
            ("Rust & Wasm!", "rust-wasm"),
            ("  --Über uns--  ", "ber-uns"),
            ("日本語", "room"),
            (long.as_str(), &long[..48]),
            ("2026", "2026"),
        ];
        for (title, expected) in cases {
            assert_eq!(from_title(title), slug(expected), "{title}");
        }
    }

    #[test]
    fn a_title_that_fills_the_slug_up_to_a_dash_leaves_no_dash_at_its_end() {
        let title = format!("{} b", "a".repeat(47));
        assert_eq!(from_title(&title), slug(&"a".repeat(47)));
    }

    #[test]
    fn a_room_that_was_named_gets_that_name_or_none() {
        assert_eq!(
            Naming::parse(&new(Some("garden"), "Garden")).unwrap().slug,
            Wanted::Exactly(slug("garden"))
        );
        assert_eq!(Naming::parse(&new(None, "Garden")).unwrap().slug, Wanted::Like(slug("garden")));
        assert!(Naming::parse(&new(Some("Garden"), "Garden")).is_err());
        assert!(Naming::parse(&new(Some(""), "Garden")).is_err());
    }

    #[test]
    fn title_and_topic_are_taken_at_their_limits_and_refused_beyond() {
        let with_title = |n: usize| Naming::parse(&new(None, &"é".repeat(n)));
        assert!(with_title(80).is_ok());
        assert!(with_title(81).is_err());
        assert!(with_title(0).is_err());
        let with_topic = |n: usize| Naming::parse(&NewRoom { topic: Some("é".repeat(n)), ..new(None, "t") });
        assert!(with_topic(250).is_ok());
        assert!(with_topic(251).is_err());
    }

    #[test]
    fn a_private_room_gets_an_address_that_nobody_chose() {
        let private = |room| NewRoom { visibility: Visibility::Private, ..new(room, "t") };
        assert_eq!(Naming::parse(&private(None)).unwrap().slug, Wanted::Minted);
        assert!(Naming::parse(&private(Some("garden"))).is_err());
    }

    #[test]
    fn a_region_is_one_that_there_is() {
        let living_in = |region: &str| NewRoom { region: Some(region.to_owned()), ..new(None, "t") };
        assert_eq!(Naming::parse(&living_in("weur")).unwrap().region, Some(Region("weur")));
        assert!(Naming::parse(&living_in("moon")).is_err());
    }

    #[test]
    fn a_taken_slug_gets_a_suffix_and_stays_a_slug() {
        assert_eq!(suffixed(&slug("garden"), "X7-f_3Q9z"), Some(slug("garden-x7f3q9")));
        let long = slug(&"a".repeat(48));
        assert_eq!(suffixed(&long, "abcdef").unwrap().as_str().len(), 48);
    }
}
