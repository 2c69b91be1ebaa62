//! Slack's export: a zip with `users.json`, and for each channel a folder with a file of messages a day.
//!
//! Its shape is that of Slack's "How to read Slack data exports". What such an export does not hold (files, the text before an edit)
//! does not come along; what is no message of a person or a program (joins, topics) stays behind.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Seek},
};

use protocol::{
    Event, EventKind, Member, MemberId, Millis, Name, Seq,
    limits::{NAME_SCALARS, REACTIONS, TEXT_SCALARS},
};
use serde::{Deserialize, de::DeserializeOwned};
use zip::ZipArchive;

use crate::{
    BadExport,
    mrkdwn::{self, Written},
};

/// Subtypes that are messages all the same.
const WRITTEN: [&str; 5] = ["bot_message", "file_comment", "file_share", "me_message", "thread_broadcast"];

#[derive(Debug, Deserialize)]
struct User {
    id: String,
    name: String,
    #[serde(default)]
    profile: Profile,
}

#[derive(Debug, Default, Deserialize)]
struct Profile {
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    real_name: String,
}

#[derive(Debug, Deserialize)]
struct Line {
    ts: String,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    bot_id: Option<String>,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    thread_ts: Option<String>,
    #[serde(default)]
    reactions: Vec<Reaction>,
}

#[derive(Debug, Deserialize)]
struct Reaction {
    name: String,
    #[serde(default)]
    users: Vec<String>,
}

/// What people wrote in one channel.
///
/// # Errors
/// [`BadExport`] when the file is no such export, or has no such channel.
pub fn events(export: impl Read + Seek, channel: &str) -> Result<Vec<Event>, BadExport> {
    let mut zip = ZipArchive::new(export)?;
    let names = names(&mut zip)?;
    let mut lines: Vec<Line> = Vec::new();
    for file in days(&zip, channel)? {
        lines.extend(json::<Vec<Line>>(&mut zip, &file)?);
    }
    lines.retain(|line| line.subtype.as_deref().is_none_or(|subtype| WRITTEN.contains(&subtype)));
    lines.sort_by_key(|line| micros(&line.ts));
    let mut told = Telling { names: &names, events: Vec::new(), places: BTreeMap::new() };
    lines.iter().for_each(|line| told.line(line));
    Ok(told.events)
}

/// The channel as it is told so far.
struct Telling<'a> {
    names: &'a BTreeMap<String, String>,
    events: Vec<Event>,
    /// Where each message stands, by its `ts`.
    places: BTreeMap<String, Seq>,
}

impl Telling<'_> {
    fn line(&mut self, line: &Line) {
        let Some(by) = author(line, self.names) else { return };
        let Written { text, mut mentions } = mrkdwn::read(&line.text, self.names);
        let at = Millis(micros(&line.ts) / 1_000);
        let thread = line.thread_ts.as_ref().filter(|thread| **thread != line.ts);
        let mut reply_to = thread.and_then(|thread| self.places.get(thread).copied());
        let mut first = None;
        for text in in_bounds(&text) {
            let kind = EventKind::Message {
                text: Some(text),
                reply_to: reply_to.take(),
                mentions: std::mem::take(&mut mentions),
                attachments: Vec::new(),
                redacted: false,
            };
            let seq = self.tell(at, by.clone(), kind);
            first.get_or_insert(seq);
        }
        if let Some(target) = first {
            self.places.insert(line.ts.clone(), target);
            self.reactions(target, at, &line.reactions);
        }
    }

    /// An export does not say when: they stand right behind their message.
    fn reactions(&mut self, target: Seq, at: Millis, reactions: &[Reaction]) {
        let known = reactions.iter().filter_map(|reaction| Some((emoji(&reaction.name)?, &reaction.users)));
        for (emoji, users) in known.take(REACTIONS) {
            for user in users {
                let Some(by) = member(user, self.names) else { continue };
                self.tell(at, by, EventKind::Reacted { target, emoji: emoji.to_owned(), on: true });
            }
        }
    }

    fn tell(&mut self, at: Millis, by: Member, kind: EventKind) -> Seq {
        let seq = self.events.last().map_or(Seq::ZERO, |event| event.seq).next();
        self.events.push(Event { seq, at, by, id: None, kind });
        seq
    }
}

/// Texts that are each as long as a message may be. One of white space alone is none.
fn in_bounds(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.trim().chars().collect();
    let parts = characters.chunks(TEXT_SCALARS).map(|part| part.iter().collect::<String>().trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn author(line: &Line, names: &BTreeMap<String, String>) -> Option<Member> {
    let id = line.user.as_deref().or(line.bot_id.as_deref())?;
    let member = member(id, names)?;
    let given = line.username.as_deref().filter(|name| !name.is_empty() && !names.contains_key(id));
    Some(given.map_or(member.clone(), |name| Member { name: called(name, id), ..member }))
}

fn member(id: &str, names: &BTreeMap<String, String>) -> Option<Member> {
    let name = names.get(id).map_or(id, String::as_str);
    Some(Member { id: MemberId::parse(id).ok()?, name: called(name, id) })
}

/// A name that can be one here.
fn called(name: &str, id: &str) -> String {
    let short: String = name.chars().take(NAME_SCALARS).collect();
    Name::parse(&short).map_or_else(|_| id.to_owned(), |name| name.as_str().to_owned())
}

fn emoji(name: &str) -> Option<&'static str> {
    let name = name.split("::").next().unwrap_or(name);
    emojis::get_by_shortcode(name).map(emojis::Emoji::as_str)
}

/// `1512085950.000216`: seconds and microseconds; 0 for what is none.
fn micros(ts: &str) -> u64 {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
    let seconds: u64 = seconds.parse().unwrap_or_default();
    seconds * 1_000_000 + rest.parse::<u64>().unwrap_or_default()
}

fn names(zip: &mut ZipArchive<impl Read + Seek>) -> Result<BTreeMap<String, String>, BadExport> {
    let users: Vec<User> = json(zip, "users.json")?;
    let shown = |user: User| {
        let Profile { display_name, real_name } = user.profile;
        let name = [display_name, real_name, user.name].into_iter().find(|name| !name.trim().is_empty());
        (user.id.clone(), name.unwrap_or(user.id))
    };
    Ok(users.into_iter().map(shown).collect())
}

/// The files of a channel, the oldest first: they are called after their day.
fn days(zip: &ZipArchive<impl Read + Seek>, channel: &str) -> Result<Vec<String>, BadExport> {
    let of = |file: &str| file.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let names = zip.file_names().collect::<Result<BTreeSet<_>, _>>()?;
    let files: Vec<&str> = names.iter().map(AsRef::as_ref).filter(|file| file.ends_with(".json")).collect();
    let days: Vec<String> = files
        .iter()
        .filter(|file| of(file).as_deref() == Some(channel))
        .map(|file| (*file).to_owned())
        .collect();
    if days.is_empty() {
        let channels: BTreeSet<String> = files.iter().filter_map(|file| of(file)).collect();
        let list = channels.into_iter().collect::<Vec<_>>().join(", ");
        return Err(BadExport::NoChannel(channel.to_owned(), list));
    }
    Ok(days)
}

fn json<T: DeserializeOwned>(zip: &mut ZipArchive<impl Read + Seek>, file: &str) -> Result<T, BadExport> {
    let mut text = String::new();
    zip.by_name(file)?.read_to_string(&mut text)?;
    serde_json::from_str(&text)
        .map_err(|error| BadExport::BadFile { file: file.to_owned(), why: error.to_string() })
}
