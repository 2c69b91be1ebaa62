//! What a command comes to: first its right, then its own rules.
//!
//! Not here: once-only and rates (commands.rs), the table of rights (rights.rs), what is done to members (moderating.rs).

use archive::{Change, Sql, Target as Message};
use protocol::{
    Command, Draft, Emoji, EventKind, MemberId, Millis, RejectCode, Role, Seq, Text,
    limits::{MENTIONS, PINS, REACTIONS},
    text::BadText,
};

use crate::{
    commands::{Asker, Refusal},
    effect::Fatal,
    rights::{Actor, Deed, Right, Target, right},
    room::Room,
    turn::Turn,
};

/// What a command comes to.
pub(crate) enum Decision {
    /// This event.
    Change(EventKind),
    /// It is so already.
    NoChange,
    /// Nothing.
    Refuse(Refusal),
}

impl From<RejectCode> for Decision {
    fn from(code: RejectCode) -> Self {
        Self::Refuse(code.into())
    }
}

impl Room {
    /// What `command` comes to.
    pub(crate) fn decide<S: Sql>(
        &self,
        asker: &Asker,
        command: Command,
        turn: &mut Turn<'_, S>,
    ) -> Result<Decision, Fatal> {
        let actor = self.actor(asker, turn.now);
        match command {
            Command::Moderate(moderation) => self.moderate(asker, actor, moderation, turn),
            Command::Role { member, role } => self.appoint(asker, actor, &member, role, turn),
            Command::Send(_)
            | Command::Edit { .. }
            | Command::Delete { .. }
            | Command::React { .. }
            | Command::Pin { .. } => self.decide_on_message(asker, actor, command, turn),
        }
    }

    /// As whom somebody acts here now.
    pub(crate) fn actor(&self, asker: &Asker, now: Millis) -> Actor {
        match self.role_of(asker) {
            Role::Owner => Actor::Owner,
            _ if self.mutes.has(&asker.member.id, now) => Actor::Muted,
            Role::Moderator => Actor::Moderator,
            Role::Member => Actor::of(self.log.info.posting),
        }
    }

    fn decide_on_message<S: Sql>(
        &self,
        asker: &Asker,
        actor: Actor,
        command: Command,
        turn: &mut Turn<'_, S>,
    ) -> Result<Decision, Fatal> {
        let (deed, seq) = about(&command);
        let message = seq.map_or(Ok(None), |seq| turn.archive.target(seq))?;
        match right(deed, target(asker, seq, message.as_ref()), actor) {
            Right::No(code) => return Ok(code.into()),
            Right::Already => return Ok(Decision::NoChange),
            Right::Yes => {}
        }
        match command {
            Command::Send(draft) => self.send(asker, actor, draft, turn),
            Command::Edit { seq, text } => Ok(edit(seq, &text, message.as_ref())),
            Command::Delete { seq } => Ok(Decision::Change(EventKind::Deleted { target: seq })),
            Command::React { seq, emoji, on } => react(asker, Wish { target: seq, emoji: &emoji, on }, turn),
            Command::Pin { seq, on } => pin(seq, on, turn),
            Command::Moderate(_) | Command::Role { .. } => Ok(Decision::NoChange),
        }
    }

    fn send<S: Sql>(
        &self,
        asker: &Asker,
        actor: Actor,
        draft: Draft,
        turn: &mut Turn<'_, S>,
    ) -> Result<Decision, Fatal> {
        let Draft { text, reply_to, mentions, attachments } = draft;
        let attachments = match Self::shown(asker, &attachments, turn)? {
            Ok(files) => files,
            Err(code) => return Ok(code.into()),
        };
        let text = match Text::parse(&text) {
            Ok(text) => text.into(),
            Err(BadText::Empty) if !attachments.is_empty() => String::new(),
            Err(bad) => return Ok(refusal_of(bad).into()),
        };
        if mentions.len() > MENTIONS {
            return Ok(RejectCode::TooMany.into());
        }
        if mentions.iter().any(MemberId::is_everybody)
            && let Right::No(code) = right(Deed::CallRoom, Target::Room, actor)
        {
            return Ok(code.into());
        }
        if actor == Actor::Member
            && let Some(refusal) = self.slow_down(asker, turn)?
        {
            return Ok(Decision::Refuse(refusal));
        }
        Ok(Decision::Change(EventKind::Message {
            text: Some(text),
            reply_to,
            mentions,
            attachments,
            redacted: false,
        }))
    }

    /// Slow mode: the wait until the member's next message, or a note that this was one.
    fn slow_down<S: Sql>(&self, asker: &Asker, turn: &mut Turn<'_, S>) -> Result<Option<Refusal>, Fatal> {
        let wait_ms = self.log.info.slow_mode_ms;
        if wait_ms == 0 {
            return Ok(None);
        }
        let member = &asker.member.id;
        // A clock that was put back makes nobody wait longer than the mode says.
        let last = turn.archive.spoke_at(member)?.filter(|last| *last <= turn.now);
        let left = last.map_or(0, |last| last.plus(wait_ms).since(turn.now));
        if left > 0 {
            return Ok(Some(Refusal { code: RejectCode::SlowMode, retry_after_ms: Some(left) }));
        }
        turn.store(Change::Spoke { member: member.clone(), at: turn.now });
        Ok(None)
    }
}

/// What a command about messages does, and to which; a `send` that answers none is about the room.
fn about(command: &Command) -> (Deed, Option<Seq>) {
    match command {
        Command::Send(Draft { reply_to: None, .. }) | Command::Moderate(_) | Command::Role { .. } => {
            (Deed::Send, None)
        }
        Command::Send(Draft { reply_to, .. }) => (Deed::Reply, *reply_to),
        Command::Edit { seq, .. } => (Deed::Edit, Some(*seq)),
        Command::Delete { seq } => (Deed::Delete, Some(*seq)),
        Command::React { seq, .. } => (Deed::React, Some(*seq)),
        Command::Pin { seq, .. } => (Deed::Pin, Some(*seq)),
    }
}

fn target(asker: &Asker, seq: Option<Seq>, message: Option<&Message>) -> Target {
    match (seq, message) {
        (None, _) => Target::Room,
        (Some(_), None) => Target::Absent,
        (Some(_), Some(message)) => match (message.author == asker.member.id, message.deleted) {
            (true, false) => Target::Own,
            (true, true) => Target::OwnDeleted,
            (false, false) => Target::Others,
            (false, true) => Target::OthersDeleted,
        },
    }
}

fn edit(target: Seq, text: &str, message: Option<&Message>) -> Decision {
    let text = match Text::parse(text) {
        Ok(text) => text,
        Err(bad) => return refusal_of(bad).into(),
    };
    if message.is_some_and(|message| message.text == text.as_str()) {
        return Decision::NoChange;
    }
    Decision::Change(EventKind::Edited { target, text: Some(text.into()), redacted: false })
}

/// What a `react` asks for.
struct Wish<'a> {
    target: Seq,
    emoji: &'a str,
    on: bool,
}

fn react<S: Sql>(asker: &Asker, wish: Wish<'_>, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let Wish { target, emoji, on } = wish;
    let Some(emoji) = Emoji::parse(emoji) else { return Ok(RejectCode::BadEmoji.into()) };
    let reacted = turn.archive.reaction(target, emoji.as_str(), &asker.member.id)?;
    if reacted.has == on {
        return Ok(Decision::NoChange);
    }
    if on && !reacted.known && reacted.kinds >= REACTIONS {
        return Ok(RejectCode::TooMany.into());
    }
    Ok(Decision::Change(EventKind::Reacted { target, emoji: emoji.into(), on }))
}

fn pin<S: Sql>(target: Seq, on: bool, turn: &Turn<'_, S>) -> Result<Decision, Fatal> {
    let pins = turn.archive.pins()?;
    if pins.contains(&target) == on {
        return Ok(Decision::NoChange);
    }
    if on && pins.len() >= PINS {
        return Ok(RejectCode::TooMany.into());
    }
    Ok(Decision::Change(EventKind::Pinned { target, on }))
}

fn refusal_of(bad: BadText) -> RejectCode {
    match bad {
        BadText::Empty => RejectCode::Empty,
        BadText::TooLong(_) => RejectCode::TooLong,
        // Said of names alone; a text may have any character.
        BadText::Invisible | BadText::Unsettled => RejectCode::BadFrame,
    }
}
