//! Every cell of the table of rights, tried on a room, against what was written down by hand; and the table as a document.

use std::collections::BTreeSet;

use protocol::{RejectCode, ServerFrame, decode_server, room::Visibility};
use room::{
    Answer, Effect,
    rights::{Actor, Deed, Right, TABLE, Target},
};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{script::Player, world::Happening};

const BY_HAND: &str = include_str!("golden/rights.txt");

const DEEDS: [(&str, Deed); 23] = [
    ("send", Deed::Send),
    ("reply", Deed::Reply),
    ("call-room", Deed::CallRoom),
    ("edit", Deed::Edit),
    ("delete", Deed::Delete),
    ("react", Deed::React),
    ("pin", Deed::Pin),
    ("kick", Deed::Kick),
    ("ban", Deed::Ban),
    ("unban", Deed::Unban),
    ("mute", Deed::Mute),
    ("unmute", Deed::Unmute),
    ("make-owner", Deed::MakeOwner),
    ("make-moderator", Deed::MakeModerator),
    ("make-member", Deed::MakeMember),
    ("settings", Deed::Settings),
    ("invite", Deed::Invite),
    ("hooks", Deed::Hooks),
    ("moderation-log", Deed::ModerationLog),
    ("bring-file", Deed::Bring),
    ("export", Deed::Export),
    ("import", Deed::Import),
    ("delete-room", Deed::DeleteRoom),
];

const TARGETS: [(&str, Target); 13] = [
    ("room", Target::Room),
    ("own", Target::Own),
    ("own-deleted", Target::OwnDeleted),
    ("others", Target::Others),
    ("others-deleted", Target::OthersDeleted),
    ("another-room's", Target::Absent),
    ("oneself", Target::Oneself),
    ("member", Target::Member),
    ("moderator", Target::Moderator),
    ("owner", Target::Owner),
    ("last-owner", Target::LastOwner),
    ("banned", Target::Banned),
    ("stranger", Target::Stranger),
];

fn named<T: Copy>(names: &[(&str, T)], word: &str) -> T {
    names.iter().find(|(name, _)| *name == word).unwrap_or_else(|| panic!("{word} is not known")).1
}

/// The lines of the golden file: a deed, its target, five outcomes.
fn by_hand() -> Vec<(Deed, Target, Vec<&'static str>)> {
    let lines = BY_HAND.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let (deed, target) = (words.next().expect("a deed"), words.next().expect("a target"));
            (named(&DEEDS, deed), named(&TARGETS, target), words.collect())
        })
        .collect()
}

/// Who acts, where they are what the cell asks for.
const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Owner => "olga",
        Actor::Moderator => "mo",
        Actor::Member | Actor::Audience => "meg",
        Actor::Muted => "max",
    }
}

/// A room with all that a cell can be about: olga founded it, oda owns it too unless an owner must be the last one, mo and mia
/// moderate, ben is banned, max will be muted. Message 1 is the actor's, message 2 is otto's.
fn stage(who: Actor, deed: Deed, target: Target) -> Player {
    let visibility = if target == Target::Stranger { Visibility::Private } else { Visibility::Public };
    let mut player = Player::founded_by("olga", visibility);
    for member in ["oda", "mo", "mia", "meg", "max", "otto", "ben"] {
        player.play(&format!("{member} joins; {member} opens"));
    }
    player.play("olga opens; olga makes mo moderator; olga makes mia moderator");
    if target != Target::LastOwner {
        player.play("olga makes oda owner");
    }
    let head = player.head();
    player.play(&format!("{} sends \"of one's own\"; otto sends \"of another\"", actor(who)));
    match target {
        Target::OwnDeleted => drop(player.play(&format!("{} deletes {}", actor(who), head + 1))),
        Target::OthersDeleted => drop(player.play(&format!("otto deletes {}", head + 2))),
        _ => {}
    }
    if deed == Deed::Unmute {
        player.play("olga mutes otto; olga mutes mia; olga mutes ben");
    }
    player.play("olga bans ben; olga mutes max; wait 60000");
    if who == Actor::Audience {
        player.play("olga sets posting moderators");
    }
    player
}

/// The step of the script that is the deed.
fn step(who: Actor, deed: Deed, target: Target, head: u64) -> String {
    let name = actor(who);
    let seq = match target {
        Target::Own | Target::OwnDeleted => head + 1,
        Target::Others | Target::OthersDeleted => head + 2,
        _ => 999,
    };
    let whom = match target {
        Target::Oneself => name,
        Target::Moderator => "mia",
        Target::Owner => "oda",
        Target::LastOwner => "olga",
        Target::Banned => "ben",
        Target::Stranger => "sam",
        _ => "otto",
    };
    match deed {
        Deed::Send => format!("{name} sends hello"),
        Deed::Reply => format!("{name} sends hello to {seq}"),
        Deed::CallRoom => format!("{name} sends hello mentioning room"),
        Deed::Edit => format!("{name} edits {seq} \"something else\""),
        Deed::Delete => format!("{name} deletes {seq}"),
        Deed::React => format!("{name} reacts {seq} 👍"),
        Deed::Pin => format!("{name} pins {seq}"),
        Deed::Kick => format!("{name} kicks {whom}"),
        Deed::Ban => format!("{name} bans {whom} for 5000"),
        Deed::Unban => format!("{name} unbans {whom}"),
        Deed::Mute => format!("{name} mutes {whom} for 5000"),
        Deed::Unmute => format!("{name} unmutes {whom}"),
        Deed::MakeOwner => format!("{name} makes {whom} owner"),
        Deed::MakeModerator => format!("{name} makes {whom} moderator"),
        Deed::MakeMember => format!("{name} makes {whom} member"),
        Deed::Settings => format!("{name} sets title Garden"),
        Deed::Bring => format!("{name} brings f1"),
        Deed::Invite | Deed::Hooks | Deed::ModerationLog | Deed::Export | Deed::Import | Deed::DeleteRoom => {
            String::new()
        }
    }
}

/// What the room answered to the one command of a script.
fn outcome(happened: &[Happening]) -> &'static str {
    let answers = happened.iter().filter_map(|happening| match happening {
        Happening::Effect(Effect::Send { frame, .. }) => match decode_server(frame)?.frame {
            ServerFrame::Ack { seq, .. } => Some(if seq.is_some() { "yes" } else { "already" }),
            ServerFrame::Reject { code, .. } => Some(code.as_str()),
            _ => None,
        },
        Happening::Effect(Effect::Answer { answer: Answer::Room(_) | Answer::Done, .. }) => Some("yes"),
        Happening::Effect(Effect::Answer { answer: Answer::Rejected { code, .. }, .. }) => {
            Some(code.as_str())
        }
        _ => None,
    });
    let answers: Vec<&str> = answers.collect();
    let [answer] = answers.as_slice() else { panic!("one answer, not {answers:?}") };
    answer
}

const fn word(right: Right) -> &'static str {
    match right {
        Right::Yes => "yes",
        Right::Already => "already",
        Right::No(code) => code.as_str(),
    }
}

fn tried(who: Actor, deed: Deed, target: Target) -> &'static str {
    let mut player = stage(who, deed, target);
    match deed {
        Deed::Invite | Deed::Hooks | Deed::ModerationLog | Deed::Export | Deed::Import | Deed::DeleteRoom => {
            word(player.may(actor(who), deed))
        }
        _ => {
            let step = step(who, deed, target, player.written());
            player.step_alone(&step);
            outcome(&player.world.take_happened())
        }
    }
}

#[test]
fn every_cell_is_what_was_written_down_by_hand_when_it_is_tried_on_a_room() {
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (deed, target, expected) in by_hand() {
        assert_eq!(expected.len(), Actor::ALL.len(), "{deed:?} {target:?} has a cell for everybody");
        for (who, expected) in Actor::ALL.into_iter().zip(expected) {
            let found = tried(who, deed, target);
            cells += 1;
            if found != expected {
                wrong.push(format!("{who:?} {deed:?} {target:?}: {expected} expected, {found} found"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cells, TABLE.len() * Actor::ALL.len(), "every cell of the table was tried");
}

#[test]
fn the_table_has_the_same_lines_as_the_golden_file_and_none_twice() {
    let mine: Vec<(Deed, Target)> = TABLE.iter().map(|(deed, target, _)| (*deed, *target)).collect();
    let theirs: Vec<(Deed, Target)> = by_hand().into_iter().map(|(deed, target, _)| (deed, target)).collect();

    assert_eq!(mine, theirs);
    assert_eq!(mine.iter().collect::<BTreeSet<_>>().len(), mine.len());
    for (name, deed) in DEEDS {
        assert!(mine.iter().any(|(one, _)| *one == deed), "{name} is in the table");
    }
}

#[test]
fn what_is_not_in_the_table_is_forbidden() {
    let found = room::rights::right(Deed::Send, Target::Banned, Actor::Owner);
    assert_eq!(found, Right::No(RejectCode::Forbidden));
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn the_document_is_made_from_the_table() {
    const HEAD: &str = "# Rights\n
Who may do what in a room. Made from `crates/room/src/rights.rs`; `UPDATE_EXPECT=1 cargo test -p room rights` renews it. Every cell is tried on a
room, against `crates/room/tests/room/golden/rights.txt`, which is written by hand.\n
*yes*: done. *already*: acked, nothing changes. Everything else is the code of the refusal. The audience are members while only moderators
write. Owners are never muted. Whoever is banned has no socket; by HTTP they get `forbidden` in a public room and `room_not_found` on every path
of a private one. A sign-in made with `ADMIN_TOKEN` is an owner everywhere, and cannot be thrown out. Everybody who may come in reads history,
members and settings; the moderation log is for moderators. Nothing changes while the room is read-only.\n
| deed | about | owner | moderator | member | audience | muted |
|---|---|---|---|---|---|---|
";
    let name_of = |deed| DEEDS.iter().find(|(_, one)| *one == deed).expect("it has a name").0;
    let about = |target| TARGETS.iter().find(|(_, one)| *one == target).expect("it has a name").0;
    let lines = TABLE.iter().map(|(deed, target, cells)| {
        let cells: Vec<String> = cells.iter().map(|cell| word(*cell).to_owned()).collect();
        format!("| {} | {} | {} |\n", name_of(*deed), about(*target), cells.join(" | "))
    });
    let made: String = std::iter::once(HEAD.to_owned()).chain(lines).collect();
    expect_test::expect_file!["../../../../docs/rights.md"].assert_eq(&made);
}
