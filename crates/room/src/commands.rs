//! Commands: what a member may change, and what becomes of it.
//!
//! Once-only comes before everything: a repeat gets its first answer whatever the member may do or afford by now.
//! Then read-only, then the rate, then the command's own rules. A refusal is never remembered.

use archive::{Change, Once, Sql};
use protocol::{
    Command, CommandId, Draft, Emoji, Event, EventKind, Member, Millis, RejectCode, Role, Seq, Text,
    limits::{MENTIONS, REACTIONS},
    text::BadText,
};

use crate::{
    effect::Fatal,
    once::{self, Recall},
    room::Room,
    settings::Limits,
    trouble::Trouble,
    turn::Turn,
};

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// With their name now.
    pub(crate) member: Member,
    /// What their sign-in may do in every room.
    pub(crate) role: Role,
}

/// The answer to a command.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It is in the room.
    Acked(Acked),
    /// It is not.
    Refused(Refusal),
}

/// A command that had its effect.
#[derive(Debug)]
pub(crate) struct Acked {
    /// Where; `None` when it changed nothing.
    pub(crate) seq: Option<Seq>,
    /// When.
    pub(crate) at: Millis,
    /// It was so already.
    pub(crate) duplicate: bool,
}

/// Why a command had no effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    /// Why.
    pub(crate) code: RejectCode,
    /// When to try again, where that is known.
    pub(crate) retry_after_ms: Option<u64>,
}

/// What a command comes to by its own rules.
enum Decision {
    Change(EventKind),
    NoChange,
    Refuse(RejectCode),
}

impl From<RejectCode> for Refusal {
    fn from(code: RejectCode) -> Self {
        Self { code, retry_after_ms: None }
    }
}

impl Room {
    /// Answers a command, and does what it asks.
    pub(crate) fn command<S: Sql>(
        &mut self,
        asker: &Asker,
        id: &CommandId,
        command: Command,
        turn: &mut Turn<'_, S>,
    ) -> Result<Verdict, Fatal> {
        let digest = once::digest(&command);
        match once::recall(turn.archive, &asker.member.id, id, digest)? {
            #[cfg(feature = "mutants")]
            Recall::Repeat { seq, .. }
                if seq <= Some(self.woke_at) && crate::mutants::Mutant::ForgetOnceOnWake.is_loose() => {}
            Recall::Repeat { seq, at } => return Ok(Verdict::Acked(Acked { seq, at, duplicate: true })),
            Recall::Reused => return Ok(Verdict::Refused(RejectCode::IdReused.into())),
            Recall::New => {}
        }
        if self.trouble == Trouble::ReadOnly {
            return Ok(Verdict::Refused(RejectCode::ReadOnly.into()));
        }
        if let Err(refusal) = self.take_token(asker, turn) {
            return Ok(Verdict::Refused(refusal));
        }
        let asker = &Asker { member: asker.member.clone(), role: self.role_of(asker) };
        let seq = match decide(asker, command, turn)? {
            Decision::Refuse(code) => return Ok(Verdict::Refused(code.into())),
            Decision::NoChange => None,
            Decision::Change(kind) => Some(self.append(asker, Some(id), kind, turn)),
        };
        let at = self.dated(turn.now);
        turn.store(Change::Remember(Once {
            member: asker.member.id.clone(),
            id: id.clone(),
            digest,
            seq,
            at,
        }));
        Ok(Verdict::Acked(Acked { seq, at, duplicate: false }))
    }

    /// What somebody may do here.
    pub(crate) fn role_of(&self, asker: &Asker) -> Role {
        self.role(&asker.member.id, asker.role)
    }

    fn take_token<S: Sql>(&mut self, asker: &Asker, turn: &mut Turn<'_, S>) -> Result<(), Refusal> {
        if self.settings.limits == Limits::Off {
            return Ok(());
        }
        let person = self.sessions.person(asker.member.clone());
        let taken = person.kept.bucket.take(turn.now);
        person.sessions.iter().for_each(|session| turn.attach(session.clone()));
        taken.map_err(|empty| Refusal {
            code: RejectCode::RateLimited,
            retry_after_ms: Some(empty.retry_after_ms),
        })
    }

    /// Puts an event at the end of the log, for everybody to hear in the next round.
    pub(crate) fn append<S: Sql>(
        &mut self,
        asker: &Asker,
        id: Option<&CommandId>,
        kind: EventKind,
        turn: &mut Turn<'_, S>,
    ) -> Seq {
        let (seq, at) = (self.log.head.next(), self.dated(turn.now));
        if matches!(kind, EventKind::Message { .. }) {
            self.tally.message();
        }
        let event = Event { seq, at, by: asker.member.clone(), id: id.cloned(), kind };
        self.fold_role(&event);
        self.batch.push(&event);
        self.log.head = seq;
        self.log.last_at = at;
        turn.store(Change::Append(event));
        seq
    }

    /// The log's time: the clock's, but never before the newest event.
    fn dated(&self, now: Millis) -> Millis {
        now.max(self.log.last_at)
    }
}

fn decide<S: Sql>(asker: &Asker, command: Command, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    match command {
        Command::Send(draft) => send(draft, turn),
        Command::Edit { seq, text } => edit(asker, seq, &text, turn),
        Command::Delete { seq } => delete(asker, seq, turn),
        Command::React { seq, emoji, on } => react(asker, Wish { target: seq, emoji: &emoji, on }, turn),
    }
}

fn send<S: Sql>(draft: Draft, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let Draft { text, reply_to, mentions, attachments } = draft;
    // There are no files to name yet.
    if !attachments.is_empty() {
        return Ok(Decision::Refuse(RejectCode::NotFound));
    }
    let text = match Text::parse(&text) {
        Ok(text) => text,
        Err(bad) => return Ok(Decision::Refuse(refusal_of(bad))),
    };
    if mentions.len() > MENTIONS {
        return Ok(Decision::Refuse(RejectCode::TooMany));
    }
    // A deleted message keeps its place, and may still be answered: it may have gone while the answer was written.
    if let Some(seq) = reply_to
        && turn.archive.target(seq)?.is_none()
    {
        return Ok(Decision::Refuse(RejectCode::NotFound));
    }
    Ok(Decision::Change(EventKind::Message { text: Some(text.into()), reply_to, mentions, redacted: false }))
}

fn edit<S: Sql>(asker: &Asker, target: Seq, text: &str, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let text = match Text::parse(text) {
        Ok(text) => text,
        Err(bad) => return Ok(Decision::Refuse(refusal_of(bad))),
    };
    Ok(match turn.archive.target(target)? {
        None => Decision::Refuse(RejectCode::NotFound),
        Some(message) if message.author != asker.member.id => Decision::Refuse(RejectCode::NotYours),
        Some(message) if message.deleted => Decision::Refuse(RejectCode::NotFound),
        Some(message) if message.text == text.as_str() => Decision::NoChange,
        Some(_) => Decision::Change(EventKind::Edited { target, text: Some(text.into()), redacted: false }),
    })
}

fn delete<S: Sql>(asker: &Asker, target: Seq, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let may_delete = |author| asker.member.id == author || asker.role >= Role::Moderator;
    Ok(match turn.archive.target(target)? {
        None => Decision::Refuse(RejectCode::NotFound),
        Some(message) if !may_delete(message.author.clone()) => Decision::Refuse(RejectCode::NotYours),
        Some(message) if message.deleted => Decision::NoChange,
        Some(_) => Decision::Change(EventKind::Deleted { target }),
    })
}

/// What a `react` asks for.
struct Wish<'a> {
    target: Seq,
    emoji: &'a str,
    on: bool,
}

fn react<S: Sql>(asker: &Asker, wish: Wish<'_>, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let Wish { target, emoji, on } = wish;
    let Some(emoji) = Emoji::parse(emoji) else { return Ok(Decision::Refuse(RejectCode::BadEmoji)) };
    if turn.archive.target(target)?.is_none_or(|message| message.deleted) {
        return Ok(Decision::Refuse(RejectCode::NotFound));
    }
    let reacted = turn.archive.reaction(target, emoji.as_str(), &asker.member.id)?;
    if reacted.has == on {
        return Ok(Decision::NoChange);
    }
    if on && !reacted.known && reacted.kinds >= REACTIONS {
        return Ok(Decision::Refuse(RejectCode::TooMany));
    }
    Ok(Decision::Change(EventKind::Reacted { target, emoji: emoji.into(), on }))
}

fn refusal_of(bad: BadText) -> RejectCode {
    match bad {
        BadText::Empty => RejectCode::Empty,
        BadText::TooLong(_) => RejectCode::TooLong,
        // Said of names alone; a text may have any character.
        BadText::Invisible => RejectCode::BadFrame,
    }
}
