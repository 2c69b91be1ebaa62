//! Pages by HTTP, straight from a room's archive: reading needs no turn.

use archive::{Anchor, Archive, Bounds, Hook, Log, Outward, Sql, SqlError, Way};
use protocol::{
    MemberId, Millis, Seq, encode,
    http::{
        CommandLine, CommandLines, EventsPage, HookLine, HookLines, MembersPage, MessageReactions,
        MessagesPage, ModerationPage, ReactedBy, SearchPage,
    },
    limits::{PAGE_BYTES, PAGE_EVENTS, REACTORS},
};

use crate::{
    limits::PAGE_ENVELOPE_BYTES,
    query::{EventsQuery, MembersQuery, MessagesQuery, ModerationQuery, Place, SearchQuery},
};

/// A page of history as `reader` sees it; `None` if the room was never founded.
pub fn messages<S: Sql>(
    archive: &Archive<S>,
    page: MessagesQuery,
    reader: &MemberId,
) -> Result<Option<MessagesPage>, SqlError> {
    let Some(Log { epoch, head, floor, .. }) = archive.log()? else { return Ok(None) };
    let history = archive.messages(anchor(archive, page.place)?, reader, bounds(page.limit))?;
    Ok(Some(MessagesPage {
        messages: history.messages,
        epoch,
        head,
        floor,
        more_before: history.more_before,
        more_after: history.more_after,
    }))
}

/// The room's webhooks.
pub fn hooks<S: Sql>(archive: &Archive<S>) -> Result<Option<HookLines>, SqlError> {
    let line = |Hook { id, name, way }| match way {
        Way::In { .. } => HookLine { hook: id, name, url: None, command: None, failed: 0 },
        Way::Out(Outward { url, command, tries, .. }) => {
            HookLine { hook: id, name, url: Some(url), command, failed: tries }
        }
    };
    Ok(Some(HookLines { hooks: archive.hooks()?.into_iter().map(line).collect() }))
}

/// The room's slash commands. Two webhooks for one command are one command, called as the first of them.
pub fn commands<S: Sql>(archive: &Archive<S>) -> Result<Option<CommandLines>, SqlError> {
    let line = |hook: Hook| match hook.way {
        Way::Out(Outward { command: Some(command), .. }) => Some(CommandLine { command, name: hook.name }),
        Way::Out(_) | Way::In { .. } => None,
    };
    let mut commands: Vec<CommandLine> = archive.hooks()?.into_iter().filter_map(line).collect();
    commands.sort_by(|a, b| a.command.as_str().cmp(b.command.as_str()));
    commands.dedup_by(|later, first| later.command == first.command);
    Ok(Some(CommandLines { commands }))
}

/// Who is behind the reactions on the message at `seq`; nobody where there is no message.
pub fn reactors<S: Sql>(archive: &Archive<S>, seq: Seq) -> Result<Option<MessageReactions>, SqlError> {
    let reactions = archive.reactors(seq, REACTORS)?.into_iter();
    let reactions = reactions.map(|(emoji, members)| ReactedBy { emoji, members }).collect();
    Ok(Some(MessageReactions { reactions }))
}

/// A page of the log; `None` if the room was never founded.
pub fn events<S: Sql>(archive: &Archive<S>, page: EventsQuery) -> Result<Option<EventsPage>, SqlError> {
    let Some(Log { epoch, head, floor, .. }) = archive.log()? else { return Ok(None) };
    let events = archive.events_after(page.after, bounds(page.limit))?;
    let last = events.last().map_or(page.after, |event| event.seq);
    Ok(Some(EventsPage { more_after: last < head, events, epoch, head, floor }))
}

/// What `author` wrote above `after`, a line each, behind a line that says how far it goes; nothing where there is no more.
pub fn written<S: Sql>(archive: &Archive<S>, author: &MemberId, after: Seq) -> Result<String, SqlError> {
    let written = archive.written_by(author, after, bounds(PAGE_EVENTS))?;
    let Some(last) = written.last() else { return Ok(String::new()) };
    let mut page = last.seq.to_string();
    for one in &written {
        page.push('\n');
        page.push_str(&encode(one));
    }
    page.push('\n');
    Ok(page)
}

/// A page of the members of whom the room holds anything.
pub fn members<S: Sql>(
    archive: &Archive<S>,
    page: &MembersQuery,
    now: Millis,
) -> Result<Option<MembersPage>, SqlError> {
    let mut members = archive.members(page.after.as_ref(), now, page.limit.saturating_add(1))?;
    let more = members.len() > page.limit;
    members.truncate(page.limit);
    let next = members.last().filter(|_| more).map(|last| last.id.clone());
    Ok(Some(MembersPage { members, next }))
}

/// A page of the moderation log, newest first.
pub fn moderation<S: Sql>(
    archive: &Archive<S>,
    page: ModerationQuery,
) -> Result<Option<ModerationPage>, SqlError> {
    let asked = bounds(page.limit.saturating_add(1));
    let mut events = archive.moderation(page.before, asked)?;
    let more_before = match events.last() {
        Some(_) if events.len() > page.limit => true,
        Some(last) => !archive.moderation(last.seq, Bounds { count: 1, ..asked })?.is_empty(),
        None => false,
    };
    events.truncate(page.limit);
    Ok(Some(ModerationPage { events, more_before }))
}

/// What was found, as `reader` sees it; `None` if the room was never founded.
pub fn found<S: Sql>(
    archive: &Archive<S>,
    query: &SearchQuery,
    reader: &MemberId,
) -> Result<Option<SearchPage>, SqlError> {
    if archive.log()?.is_none() {
        return Ok(None);
    }
    archive.search(&query.search, reader, bounds(query.limit)).map(Some)
}

fn anchor<S: Sql>(archive: &Archive<S>, place: Place) -> Result<Anchor, SqlError> {
    Ok(match place {
        Place::Newest => Anchor::Newest,
        Place::Before(seq) => Anchor::Before(seq),
        Place::After(seq) => Anchor::After(seq),
        Place::Around(seq) => Anchor::Around(seq),
        Place::AroundAt(at) => Anchor::Around(archive.seq_at(at)?),
    })
}

const fn bounds(count: usize) -> Bounds {
    Bounds { count, bytes: PAGE_BYTES - PAGE_ENVELOPE_BYTES }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::{Change, Founding, native::Native};
    use protocol::{Epoch, Event, EventKind, Member, Millis, Seq, Slug};

    use super::*;
    use crate::directory;

    fn member() -> Member {
        Member { id: MemberId::parse("ada").unwrap(), name: "Ada".to_owned() }
    }

    fn archive(messages: u64, text: &str) -> Archive<Native> {
        let archive = Archive::open(Native::in_memory().unwrap()).unwrap();
        let room = Slug::parse("lobby").unwrap();
        let info = directory::founded(room, "Lobby".to_owned(), String::new(), Millis(1));
        archive.found(&Founding { info, epoch: Epoch::parse("e").unwrap(), owner: None }).unwrap();
        for seq in 1..=messages {
            let kind = EventKind::Message {
                text: Some(text.to_owned()),
                reply_to: None,
                mentions: Vec::new(),
                attachments: Vec::new(),
                redacted: false,
            };
            let seq = Seq::try_new(seq).unwrap();
            archive
                .commit(&[Change::Append(Event { seq, at: Millis(2), by: member(), id: None, kind })])
                .unwrap();
        }
        archive
    }

    #[test]
    fn no_page_exceeds_its_bytes_and_one_cut_short_says_so() {
        // 4,000 control characters: six bytes of JSON each.
        let archive = archive(100, &"\u{1}".repeat(4_000));
        let page = MessagesQuery { place: Place::Newest, limit: 100 };
        let page = messages(&archive, page, &member().id).unwrap().unwrap();
        assert!(serde_json::to_vec(&page).unwrap().len() <= PAGE_BYTES);
        assert!(page.more_before && page.messages.len() < 100 && !page.messages.is_empty());
        let log = events(&archive, EventsQuery { after: Seq::ZERO, limit: 1_000 }).unwrap().unwrap();
        assert!(serde_json::to_vec(&log).unwrap().len() <= PAGE_BYTES);
        assert!(log.more_after && !log.events.is_empty());
    }

    #[test]
    fn the_log_says_whether_there_is_more() {
        let archive = archive(3, "hi");
        let more = |after, limit| {
            let after = Seq::try_new(after).unwrap();
            events(&archive, EventsQuery { after, limit }).unwrap().unwrap().more_after
        };
        assert!(more(0, 2));
        assert!(!more(0, 3));
        assert!(!more(3, 1));
        assert!(!more(9, 1));
    }

    #[test]
    fn a_room_that_was_never_founded_has_no_pages() {
        let archive = Archive::open(Native::in_memory().unwrap()).unwrap();
        let page = MessagesQuery { place: Place::Newest, limit: 1 };
        assert_eq!(messages(&archive, page, &member().id).unwrap(), None);
    }
}
