//! Effects in words, one line each: short enough to be read, exact enough to be compared.

use archive::{Change, HookChange};
use protocol::{
    Event, EventKind, Member, MemberId, Millis, Present, ServerFrame, SessionId, Welcome, decode_server,
};
use room::{Answer, Effect};

use crate::world::{Happening, START};

/// The line of one happening; `None` for an attachment, which is seen only in what a restored room does.
pub fn line(happening: &Happening) -> Option<String> {
    Some(match happening {
        Happening::Effect(effect) => return shown(effect),
        Happening::TimerRang => "(the timer rings)".to_owned(),
        Happening::AlarmRang => "(the alarm rings)".to_owned(),
        Happening::CommitFailed => "(the commit fails)".to_owned(),
        Happening::ReadFailed => "(a read fails)".to_owned(),
    })
}

fn shown(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Store(change) => format!("store {}", stored(change)),
        Effect::Attach { .. } => return None,
        Effect::Send { to, frame: encoded } => format!("{} <- {}", sessions(to), frame(encoded)),
        Effect::Close { session, code, .. } => format!("{session} closed {}", code.code()),
        Effect::Answer { answer, .. } => format!("http <- {}", answered(answer)),
        Effect::Timer(at) => format!("timer at {}", instant(*at)),
        Effect::Alarm(at) => format!("alarm at {}", instant(*at)),
    })
}

fn stored(change: &Change) -> String {
    match change {
        Change::Append(written) => event(written),
        Change::Remember(once) => {
            format!("once {}/{} seq {}", once.member, once.id, or_null(once.seq))
        }
        Change::Read { member, seq } => format!("read {member} {seq}"),
        Change::Rename(member) => format!("name of {} {}", member.id, member.name),
        Change::Spoke { member, at } => format!("spoke {member} {}", instant(*at)),
        Change::Keep(member) => format!("keeper {member}"),
        Change::LetGo(member) => format!("no keeper {member}"),
        Change::Invite(invite) => {
            format!("invite {} {} until {}", invite.digest, invite.uses, instant(invite.expires_at))
        }
        Change::UseInvite(digest) => format!("use of {digest}"),
        Change::RevokeInvite(digest) => format!("no more {digest}"),
        Change::Hook(change) => hook(change),
        Change::Tell(tell) => format!("tell {} {}", tell.receiver, tell.news),
        Change::Farewell(one) => {
            let author = one.author.as_ref().map_or("nobody", |author| author.as_str());
            let legacy = one.legacy.as_str();
            format!(
                "farewell of {} {legacy} as {author} after {} due {}",
                one.member,
                one.after,
                instant(one.due_at)
            )
        }
        Change::Forget(part) => format!("forget {} from {} to {}", part.member, part.after.next(), part.upto),
        Change::FarewellOver(member) => format!("nothing left of {member}"),
        Change::Bury(burial) => match &burial.register {
            Some((receiver, news)) => format!("bury, tell keepers {} and {receiver} {news}", burial.news),
            None => format!("bury, tell keepers {}", burial.news),
        },
        Change::Bring(brought) => format!("file {} of {}", brought.file.file, brought.member),
        Change::DropWaiting { until } => format!("no files that wait since {}", instant(*until)),
        Change::Due { reason, at } => {
            format!("due {reason} {}", at.map_or_else(|| "never".to_owned(), instant))
        }
    }
}

fn hook(change: &HookChange) -> String {
    let short = |hook: &MemberId| hook.as_str().trim_end_matches('x').to_owned();
    match change {
        HookChange::Put(hook) => short(&hook.id),
        HookChange::Drop(hook) => format!("no {}", short(hook)),
        HookChange::Call { hook, seq } => format!("call {} {seq}", short(hook)),
        HookChange::Done { hook, upto } => format!("done {} {upto}", short(hook)),
        HookChange::Due { hook, at, tries } => {
            let at = at.map_or_else(|| "never".to_owned(), instant);
            format!("due {} {at} after {tries} in vain", short(hook))
        }
    }
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Sent(sent) => {
            let duplicate = if sent.duplicate { " duplicate" } else { "" };
            format!("sent {} seq {}{duplicate}", sent.id, or_null(sent.seq))
        }
        Answer::Room(info) => format!("room {}", protocol::encode(info)),
        Answer::Done => "done".to_owned(),
        Answer::Spent => "spent".to_owned(),
        Answer::Unfit(unfit) => format!("unfit {unfit:?}"),
        Answer::Rejected { code, retry_after_ms } => {
            format!("rejected {}{}", code.as_str(), retry(*retry_after_ms))
        }
    }
}

pub fn frame(encoded: &str) -> String {
    let received = decode_server(encoded).expect("a frame of the protocol");
    let mark = if received.mark.is_some() { " marked" } else { "" };
    let words = match received.frame {
        ServerFrame::Welcome(frame) => welcome(&frame),
        ServerFrame::Events { events } => format!("events {}", joined(events.iter().map(event))),
        ServerFrame::Ack { id, seq, duplicate, .. } => {
            format!("ack {id} seq {}{}", or_null(seq), if duplicate { " duplicate" } else { "" })
        }
        ServerFrame::Reject { id, code, retry_after_ms, .. } => {
            let id = id.map_or_else(|| "-".to_owned(), String::from);
            format!("reject {id} {}{}", code.as_str(), retry(retry_after_ms))
        }
        ServerFrame::Presence { count, joined: here, left } => {
            let left = left.iter().map(|id| format!("-{id}"));
            format!("presence {count} {}", joined(here.iter().map(present).chain(left)))
        }
        ServerFrame::Roster { count, members } => format!("roster {count} {}", roster(&members)),
        ServerFrame::Typing { members } => {
            format!("typing {}", joined(members.iter().map(|member: &Member| member.name.clone())))
        }
        ServerFrame::Head { head, mentions } => {
            format!("head {head}{}", mentions.map_or_else(String::new, |count| format!(" mentions {count}")))
        }
        ServerFrame::Read { seq } => format!("read {seq}"),
        ServerFrame::Notice { code, .. } => format!("notice {code}"),
        ServerFrame::Unknown => "unknown".to_owned(),
    };
    format!("{words}{mark}")
}

fn welcome(frame: &Welcome) -> String {
    let log = match (&frame.events, &frame.messages) {
        (Some(events), None) => {
            format!("recovered {}", run(events.iter().map(|event| event.seq.value()).collect()))
        }
        (None, Some(messages)) => {
            format!("snapshot {}", run(messages.iter().map(|message| message.seq.value()).collect()))
        }
        both => panic!("a welcome has events or messages: {both:?}"),
    };
    assert_eq!(frame.recovered, frame.events.is_some());
    let more = if frame.more { " more" } else { "" };
    let more_before = if frame.more_before { " more_before" } else { "" };
    let roster = format!("{} {}", frame.roster.count, roster(&frame.roster.members));
    format!("welcome head {} {log}{more}{more_before} read {} roster {roster}", frame.head, frame.read)
}

fn event(event: &Event) -> String {
    let what = match &event.kind {
        EventKind::Message { text, attachments, .. } => {
            let files: String = attachments.iter().map(|file| format!(" with {}", file.file)).collect();
            format!("message {:?}{files}", text.as_deref().unwrap_or("(redacted)"))
        }
        EventKind::Edited { target, text, .. } => {
            format!("edited {target} {:?}", text.as_deref().unwrap_or("(redacted)"))
        }
        EventKind::Deleted { target } => format!("deleted {target}"),
        EventKind::Reacted { target, emoji, on } => {
            format!("{} {target} {emoji}", if *on { "reacted" } else { "unreacted" })
        }
        EventKind::Pinned { target, on } => format!("{} {target}", if *on { "pinned" } else { "unpinned" }),
        EventKind::Member { member, change, role, until, reason } => {
            let role = role.map_or_else(String::new, |role| format!(" {role:?}"));
            let until = until.map_or_else(String::new, |at| format!(" until {}", instant(at)));
            let reason = reason.as_ref().map_or_else(String::new, |reason| format!(" {reason:?}"));
            format!("{change:?} {}{role}{until}{reason}", member.name)
        }
        EventKind::Room(change) => format!("room {}", protocol::encode(change)),
        EventKind::Pruned { floor } => format!("pruned below {floor}"),
        EventKind::Anonymised { targets, author, removed } => {
            let seqs = run(targets.iter().map(|target| target.value()).collect());
            format!("{} {seqs} of {author}", if *removed { "removed" } else { "anonymised" })
        }
        EventKind::Unknown => "unknown".to_owned(),
    };
    format!("{} {} {what}", event.seq, event.by.name)
}

fn present(present: &Present) -> String {
    format!("+{} {:?} {:?}", present.name, present.role, present.state)
}

/// Above five, how many; a crowd is not worth a screen.
fn roster(members: &[Present]) -> String {
    if members.len() > 5 {
        format!("[{} members]", members.len())
    } else {
        joined(members.iter().map(present))
    }
}

fn sessions(to: &[SessionId]) -> String {
    if to.len() > 5 {
        return format!("{} sessions", to.len());
    }
    to.iter().map(SessionId::as_str).collect::<Vec<_>>().join(" ")
}

fn run(seqs: Vec<u64>) -> String {
    match seqs.as_slice() {
        [] => "nothing".to_owned(),
        [first, .., last] => format!("{first}..{last}"),
        [only] => only.to_string(),
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    format!("[{}]", words.collect::<Vec<_>>().join(", "))
}

fn or_null(seq: Option<protocol::Seq>) -> String {
    seq.map_or_else(|| "null".to_owned(), |seq| seq.to_string())
}

fn retry(after_ms: Option<u64>) -> String {
    after_ms.map_or_else(String::new, |ms| format!(" after {ms}"))
}

/// Milliseconds since the script began.
fn instant(at: Millis) -> String {
    format!("{}", i128::from(at.0) - i128::from(START.0))
}
