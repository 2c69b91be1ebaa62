//! Scripts: steps parted by `;` or line ends, each a sentence. A session is called after its member: `ada`, `ada-2`.

use archive::{Anchor, Bounds, Founding, Hook, Invite, Outward, Way};
use protocol::{
    Availability, ClientFrame, CommandId, Draft, File, FileId, Legacy, Member, MemberId, Millis, Moderation,
    Name, Role, RoomChange, Sanction, Seq, SessionId, SlashCommand, decode_server, encode,
    http::SendBody,
    room::{Posting, Visibility},
};
use room::{
    Asker, Effect, HookInput, Input, Likeness, Limits, Mode, Opening, Origin, Outcome, Payload, Posted,
    rights::{Deed, Right},
};

use crate::{
    shown,
    world::{Fails, Happening, Hibernation, START, World, founding},
};

/// Runs a script and gives every step with its effects.
pub fn play(script: &str) -> String {
    Player::new(Hibernation::Told, Limits::On).play(script)
}

pub struct Player {
    pub world: World,
    commands: u32,
    /// The last mark that each session was sent.
    marks: Vec<(SessionId, String)>,
    /// Everything that was sent, encoded.
    pub sent: Vec<(SessionId, String)>,
}

impl Player {
    pub fn new(hibernation: Hibernation, limits: Limits) -> Self {
        Self::over(World::new(hibernation, limits))
    }

    pub fn over(world: World) -> Self {
        Self { world, commands: 0, marks: Vec::new(), sent: Vec::new() }
    }

    /// In a room of this visibility that `owner` founded.
    pub fn founded_by(owner: &str, visibility: Visibility) -> Self {
        let founding = Founding { owner: Some(member_of(owner)), ..founding(visibility) };
        let world = World::founded(&founding, Hibernation::Told, Limits::On);
        Self { world, commands: 0, marks: Vec::new(), sent: Vec::new() }
    }

    pub fn play(&mut self, script: &str) -> String {
        let mut out = String::new();
        for step in script.split([';', '\n']).map(str::trim).filter(|step| !step.is_empty()) {
            out.push_str(&format!("> {step}\n"));
            self.step(step);
            out.push_str(&self.seen());
        }
        out
    }

    /// Sends a payload as it is, quotes and all.
    pub fn utter(&mut self, who: &str, raw: &str) -> String {
        self.payload(who, Payload::Text(raw.to_owned()));
        self.seen()
    }

    /// One step, whose effects stay where they are.
    pub fn step_alone(&mut self, step: &str) {
        self.step(step);
    }

    /// The newest seq.
    pub fn head(&self) -> u64 {
        self.world.archive.log().expect("it can be read").expect("a room").head.value()
    }

    /// The seq in front of the first message.
    pub fn written(&self) -> u64 {
        let page = self.world.archive.messages(
            Anchor::After(Seq::ZERO),
            &member_of("nobody").id,
            Bounds { count: 1, bytes: usize::MAX },
        );
        let first = page.expect("it can be read").messages.first().map(|message| message.seq.before());
        first.unwrap_or_default().value()
    }

    /// What comes of a deed that is no command.
    pub fn may(&mut self, who: &str, deed: Deed) -> Right {
        self.world.may(deed, &Asker { member: member_of(who), role: Role::Member })
    }

    pub fn likeness(&mut self, name: &str, who: &str) -> Likeness {
        self.world.likeness(&Name::parse(name).expect("a name"), &member_of(who).id)
    }

    pub fn bytes_to(&self, who: &str) -> usize {
        self.sent.iter().filter(|(to, _)| to.as_str() == who).map(|(_, frame)| frame.len()).sum()
    }

    /// What has happened since this was asked last.
    fn seen(&mut self) -> String {
        let mut out = String::new();
        for happening in self.world.take_happened() {
            self.note(&happening);
            if let Some(line) = shown::line(&happening) {
                out.push_str(&format!("  {line}\n"));
            }
        }
        out
    }

    fn note(&mut self, happening: &Happening) {
        let Happening::Effect(Effect::Send { to, frame }) = happening else { return };
        let mark = decode_server(frame).expect("a frame").mark;
        for session in to {
            self.sent.push((session.clone(), frame.clone()));
            if let Some(mark) = &mark {
                self.marks.push((session.clone(), mark.clone()));
            }
        }
    }

    fn step(&mut self, step: &str) {
        let mut words = words(step);
        let id = words.iter().position(|word| word.starts_with('#')).map(|index| words.remove(index));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["wait", ms] => self.world.wait(number(ms)),
            ["clock", "back", ms] => self.world.now = Millis(self.world.now.0 - number(ms)),
            ["hibernate"] => self.world.hibernate(),
            ["commits", "fail", times] => {
                self.world.fails.set(Fails::Commits(number(times).try_into().expect("a few")));
            }
            ["a", "read", "fails"] => self.world.fails.set(Fails::Read),
            [count, "members", "open"] => {
                (1..=number(count)).for_each(|n| self.open(&format!("m{n:03}"), &[]))
            }
            [first, "to", last, "drop"] => (number(first)..=number(last))
                .for_each(|n| self.world.apply(Input::Closed { session: session(&format!("m{n:03}")) })),
            [who, "opens", options @ ..] => self.open(who, options),
            [who, "drops"] => self.world.apply(Input::Closed { session: session(who) }),
            [who, "pings"] => drop(self.world.pongs.insert(session(who), self.world.now)),
            [who, "renames", name] => {
                let member = Member { id: member_of(who).id, name: (*name).to_owned() };
                self.world.apply(Input::Renamed(member));
            }
            [who, "signs", "out", sign_in] => {
                let member = member_of(who).id;
                self.world.apply(Input::SignedOut { member, sign_in: (*sign_in).to_owned() });
            }
            [from, "turns", "out", "to", "be", who] => {
                let (from, to) = (member_of(from).id, member_of(who));
                self.world.apply(Input::HandOver { request: 1, from, to });
            }
            [who, "deletes", "their", "account", "and", what] => self.depart(who, what),
            [who, "sets", settings @ ..] => self.change(who, settings),
            [who, "joins"] => self.world.apply(Input::Join { request: 1, member: member_of(who) }),
            [who, "leaves"] => self.world.apply(Input::Leave { request: 1, member: member_of(who) }),
            [who, "keeps"] => self.world.apply(Input::Keep { request: 1, member: member_of(who).id }),
            [who, "invites", digest, uses, until] => {
                let (uses, expires_at) = (number(uses).try_into().expect("a few"), START.plus(number(until)));
                let invite = Invite { digest: (*digest).to_owned(), uses, expires_at };
                let (member, role) = (member_of(who), Role::Member);
                self.world.apply(Input::Invite { request: 1, member, role, invite });
            }
            [who, "revokes", digest] => {
                let (member, role, digest) = (member_of(who), Role::Member, (*digest).to_owned());
                self.world.apply(Input::Revoke { request: 1, member, role, digest });
            }
            [who, "redeems", digest] => {
                let (member, digest) = (member_of(who), (*digest).to_owned());
                self.world.apply(Input::Redeem { request: 1, member, digest });
            }
            [who, "brings", file] => self.bring(who, (file, "1000")),
            [who, "brings", file, "of", bytes] => self.bring(who, (file, bytes)),
            [who, "ends", "the", "room"] => {
                self.world.apply(Input::Bury { request: 1, member: member_of(who), role: Role::Member });
            }
            [who, "makes", "hook", rest @ ..] => self.make_hook(who, rest),
            [who, "drops", "hook", hook] => {
                self.hook(HookInput::Drop { asker: asker(who), hook: hook_of(hook) });
            }
            ["hook", hook, rest @ ..] => self.hook_does(hook, rest, id),
            [who, "posts", text] => self.post(who, text, id),
            [who, "sends", "bytes"] => self.payload(who, Payload::Binary),
            [who, "utters", raw] => self.payload(who, Payload::Text((*raw).to_owned())),
            [who, rest @ ..] => self.frame(who, rest, id),
            [] => {}
        }
    }

    fn bring(&mut self, who: &str, (file, bytes): (&str, &str)) {
        let file = File {
            file: file_id(file),
            name: format!("{file}.bin"),
            size: number(bytes),
            media: "application/octet-stream".to_owned(),
            width: None,
            height: None,
        };
        self.world.apply(Input::Bring { request: 1, member: member_of(who), role: Role::Member, file });
    }

    fn open(&mut self, who: &str, options: &[&str]) {
        let mut opening = Opening {
            session: session(who),
            member: member_of(who),
            role: Role::Member,
            sign_in: format!("sign-in-of-{who}"),
            mode: Mode::Full,
            cursor: None,
            origin: None,
        };
        for option in options.chunks(2) {
            match option {
                ["from", address] => opening.origin = Some(Origin::of(address)),
                ["as", "moderator"] => opening.role = Role::Moderator,
                ["as", "owner"] => opening.role = Role::Owner,
                ["as", name] => opening.member.name = (*name).to_owned(),
                ["at", cursor] => opening.cursor = Some((*cursor).to_owned()),
                ["for", "notify"] => opening.mode = Mode::Notify,
                other => panic!("no option of an opening: {other:?}"),
            }
        }
        self.world.apply(Input::Open(opening));
    }

    /// Deletes an account, and with it the messages or only the name on them.
    fn depart(&mut self, who: &str, what: &str) {
        let legacy = if what == "messages" { Legacy::Removed } else { Legacy::Anonymised };
        self.world.apply(Input::Farewell { request: 1, member: member_of(who).id, legacy });
    }

    fn change(&mut self, who: &str, settings: &[&str]) {
        let mut change = RoomChange::default();
        for setting in settings.chunks(2) {
            match setting {
                ["title", title] => change.title = Some((*title).to_owned()),
                ["slow", ms] => change.slow_mode_ms = Some(number(ms)),
                ["retention", "none"] => change.retention_days = Some(None),
                ["retention", days] => change.retention_days = Some(number(days).try_into().ok()),
                ["posting", "everyone"] => change.posting = Some(Posting::Everyone),
                ["posting", "moderators"] => change.posting = Some(Posting::Moderators),
                other => panic!("no setting: {other:?}"),
            }
        }
        self.world.apply(Input::Change { request: 1, member: member_of(who), role: Role::Member, change });
    }

    fn hook(&mut self, input: HookInput) {
        self.world.apply(Input::Hook { request: 1, input });
    }

    /// `h1 in d1`, `h1 out`, `h1 out for weather`.
    fn make_hook(&mut self, who: &str, rest: &[&str]) {
        let (id, way) = match rest {
            [id, "in", digest] => (id, Way::In { digest: (*digest).to_owned() }),
            [id, "out", command @ ..] => {
                let command = command.get(1).map(|word| SlashCommand::parse(word).expect("a command"));
                (id, Way::Out(Outward { url: "https://hook".to_owned(), command, due: None, tries: 0 }))
            }
            other => panic!("no such hook: {other:?}"),
        };
        let (id, name) = (hook_of(id), member_of(id).name);
        self.hook(HookInput::Make { asker: asker(who), hook: Hook { id, name, way } });
    }

    fn hook_does(&mut self, hook: &str, rest: &[&str], id: Option<String>) {
        let called = |upto, outcome| HookInput::Called { hook: hook_of(hook), upto: seq(upto), outcome };
        let input = match rest {
            ["writes", text, name @ ..] => HookInput::Post(Posted {
                digest: hook.to_owned(),
                name: name.get(1).map(|&name| name.to_owned()),
                id: self.command_id(id),
                text: long(text),
                origin: None,
            }),
            ["heard", upto] => called(upto, Outcome::Heard { answer: None }),
            ["answers", upto, text] => called(upto, Outcome::Heard { answer: Some(long(text)) }),
            ["fails", "at", upto] => called(upto, Outcome::Failed),
            other => panic!("no hook does that: {other:?}"),
        };
        self.hook(input);
    }

    fn post(&mut self, who: &str, text: &str, id: Option<String>) {
        let body = SendBody { id: self.command_id(id), draft: draft(text, &[]) };
        self.world.apply(Input::Command {
            request: 1,
            member: member_of(who),
            role: Role::Member,
            body,
            origin: None,
        });
    }

    fn frame(&mut self, who: &str, rest: &[&str], id: Option<String>) {
        let frame = match rest {
            ["sends", text, options @ ..] => {
                ClientFrame::Send { id: self.command_id(id), draft: draft(text, options) }
            }
            ["edits", target, text] => {
                ClientFrame::Edit { id: self.command_id(id), seq: seq(target), text: (*text).to_owned() }
            }
            ["deletes", target] => ClientFrame::Delete { id: self.command_id(id), seq: seq(target) },
            [verb @ ("reacts" | "unreacts"), target, emoji] => ClientFrame::React {
                id: self.command_id(id),
                seq: seq(target),
                emoji: (*emoji).to_owned(),
                on: *verb == "reacts",
            },
            [verb @ ("pins" | "unpins"), target] => {
                ClientFrame::Pin { id: self.command_id(id), seq: seq(target), on: *verb == "pins" }
            }
            ["makes", whom, role] => ClientFrame::Role {
                id: self.command_id(id),
                member: member_of(whom).id,
                role: match *role {
                    "owner" => Role::Owner,
                    "moderator" => Role::Moderator,
                    _ => Role::Member,
                },
            },
            [verb @ ("kicks" | "bans" | "unbans" | "mutes" | "unmutes"), whom, options @ ..] => {
                ClientFrame::Moderate { id: self.command_id(id), moderation: moderation(verb, whom, options) }
            }
            ["reads", to] => ClientFrame::Read { seq: seq(to) },
            ["resumes", "at", cursor] => ClientFrame::Resume { cursor: (*cursor).to_owned() },
            ["returns", "its", "mark", ..] => {
                let mark = self.marks.iter().rev().find(|(to, _)| to.as_str() == who).map(|(_, mark)| mark);
                ClientFrame::Received { mark: mark.cloned().unwrap_or_default() }
            }
            ["types"] => ClientFrame::Typing,
            ["is", "away"] => ClientFrame::Presence { state: Availability::Away },
            ["is", "active"] => ClientFrame::Presence { state: Availability::Active },
            other => panic!("no such step: {who} {other:?}"),
        };
        self.payload(who, Payload::Text(encode(&frame)));
    }

    fn payload(&mut self, who: &str, payload: Payload) {
        self.world.apply(Input::Frame { session: session(who), payload });
    }

    fn command_id(&mut self, given: Option<String>) -> CommandId {
        self.commands += 1;
        let id =
            given.map_or_else(|| format!("c{}", self.commands), |id| id.trim_start_matches('#').to_owned());
        CommandId::parse(&id).expect("a command id")
    }
}

/// `hook-h1` and letters up to the length of such ids.
fn hook_of(hook: &str) -> MemberId {
    MemberId::of_a_hook(&format!("{hook:x<22}")).expect("a member id")
}

fn asker(who: &str) -> Asker {
    Asker { member: member_of(who), role: Role::Member }
}

fn moderation(verb: &str, whom: &str, options: &[&str]) -> Moderation {
    let action = match verb {
        "kicks" => Sanction::Kick,
        "bans" => Sanction::Ban,
        "unbans" => Sanction::Unban,
        "mutes" => Sanction::Mute,
        _ => Sanction::Unmute,
    };
    let mut moderation = Moderation { member: member_of(whom).id, action, for_ms: None, reason: None };
    for option in options.chunks(2) {
        match option {
            ["for", ms] => moderation.for_ms = Some(number(ms)),
            ["because", reason] => moderation.reason = Some(long(reason)),
            other => panic!("no option of a sanction: {other:?}"),
        }
    }
    moderation
}

fn draft(text: &str, options: &[&str]) -> Draft {
    let mut draft = Draft { text: long(text), ..Draft::default() };
    for option in options.chunks(2) {
        match option {
            ["to", target] => draft.reply_to = Some(seq(target)),
            ["mentioning", member] => draft.mentions.push(member_of(member).id),
            ["with", file] => draft.attachments.push(file_id(file)),
            other => panic!("no option of a message: {other:?}"),
        }
    }
    draft
}

/// A text that is a number in braces stands for so many characters: {4001}.
fn long(text: &str) -> String {
    let long = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    long.map_or_else(|| text.to_owned(), |count| "x".repeat(number(count).try_into().expect("small")))
}

/// Words, and texts in double quotes.
fn words(step: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in step.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

pub fn session(who: &str) -> SessionId {
    SessionId::parse(who).expect("a session id")
}

pub fn member_of(who: &str) -> Member {
    let id = who.split('-').next().expect("a first part");
    let (initial, rest) = id.split_at(1);
    Member {
        id: MemberId::parse(id).expect("a member id"),
        name: format!("{}{rest}", initial.to_uppercase()),
    }
}

fn file_id(file: &str) -> FileId {
    FileId::parse(file).expect("a file's id")
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| panic!("a number, not {word}"))
}

fn seq(word: &str) -> Seq {
    Seq::try_new(number(word)).expect("a seq")
}
