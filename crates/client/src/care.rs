//! Who belongs to the room, as whoever cares for it sees them: what each is, and what the reader may do to each.
//!
//! Not here: whether it is done; the room has the last word, and this offers only what it would not refuse. Invariant: nobody stands
//! there twice, and nothing is offered that the table of rights forbids.

use litemap::LiteMap;
use protocol::{
    Availability, Command, CommandId, MemberId, Millis, Moderation, Present, Role,
    membership::{End, MemberLine, Sanction},
};

use crate::{client::Client, view::Delivery};

/// A member, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareLine {
    /// Who.
    pub id: MemberId,
    /// As they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How they are in the room now, if they are.
    pub here: Option<Availability>,
    /// Until when they may not write, if they may not.
    pub muted: Option<End>,
    /// Until when they may not come in, if they may not.
    pub banned: Option<End>,
    /// What the reader may do, the mildest first.
    pub may: Vec<Deed>,
}

/// Something that can be done about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Give them a role.
    Make(Role),
    /// What a moderator does.
    Sanction(Sanction),
}

/// Something that was done about a member and is not in the room yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingDeed {
    /// Its command.
    pub id: CommandId,
    /// About whom.
    pub member: MemberId,
    /// How it stands.
    pub state: Delivery,
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Carer<'a> {
    /// Who they are.
    pub id: &'a MemberId,
    /// What they may do here.
    pub role: Role,
    /// Their now: what has ended by then is not shown.
    pub now: Millis,
}

/// Everybody of whom the room knows something, and who is here: owners first, whoever may not come in last; then by name.
#[must_use]
pub fn care_lines(listed: &[MemberLine], here: &[Present], carer: Carer<'_>) -> Vec<CareLine> {
    let mut lines = LiteMap::<MemberId, CareLine>::new_vec();
    for member in listed {
        let lasting = |end: Option<End>| end.filter(|end| end.lasts(carer.now));
        lines.insert(
            member.id.clone(),
            CareLine {
                muted: lasting(member.muted.map(|barred| End::of(barred.until))),
                banned: lasting(member.banned.map(|barred| End::of(barred.until))),
                ..plain(member.id.clone(), member.name.clone(), member.role)
            },
        );
    }
    for present in here {
        let known = lines.remove(&present.id);
        let line = known.unwrap_or_else(|| plain(present.id.clone(), String::new(), present.role));
        // The roster is newer than any list.
        let line =
            CareLine { name: present.name.clone(), role: present.role, here: Some(present.state), ..line };
        lines.insert(present.id.clone(), line);
    }
    let owners = lines.values().filter(|line| line.role == Role::Owner).count();
    let mut lines: Vec<CareLine> = lines.into_iter().map(|(_, line)| line).collect();
    for line in &mut lines {
        line.may = deeds(line, carer, owners);
    }
    lines.sort_by_key(|line| {
        (line.banned.is_some(), std::cmp::Reverse(line.role), line.name.to_lowercase(), line.id.clone())
    });
    lines
}

const fn plain(id: MemberId, name: String, role: Role) -> CareLine {
    CareLine { id, name, role, here: None, muted: None, banned: None, may: Vec::new() }
}

/// As docs/rights.md has it. The last owner stays one.
fn deeds(line: &CareLine, carer: Carer<'_>, owners: usize) -> Vec<Deed> {
    if carer.role < Role::Moderator {
        return Vec::new();
    }
    let mut may = Vec::new();
    if carer.role == Role::Owner && line.banned.is_none() && (line.role != Role::Owner || owners > 1) {
        let others =
            [Role::Owner, Role::Moderator, Role::Member].into_iter().filter(|role| *role != line.role);
        may.extend(others.map(Deed::Make));
    }
    if line.id == *carer.id || line.role >= carer.role {
        return may;
    }
    let sanctions: &[Sanction] = match (line.banned, line.muted) {
        (Some(_), _) => &[Sanction::Unban],
        (None, Some(_)) => &[Sanction::Unmute, Sanction::Kick, Sanction::Ban],
        (None, None) => &[Sanction::Mute, Sanction::Kick, Sanction::Ban],
    };
    may.extend(sanctions.iter().map(|sanction| Deed::Sanction(*sanction)));
    may
}

impl Client {
    /// What was done about members and is not in the room yet, in the order in which it goes out.
    #[must_use]
    pub fn pending_deeds(&self) -> Vec<PendingDeed> {
        let about = |command: &Command| match command {
            Command::Moderate(Moderation { member, .. }) | Command::Role { member, .. } => {
                Some(member.clone())
            }
            Command::Send(_)
            | Command::Edit { .. }
            | Command::Delete { .. }
            | Command::React { .. }
            | Command::Pin { .. } => None,
        };
        let deeds = self.outbox.entries().filter_map(|entry| {
            let member = about(&entry.saved.command)?;
            Some(PendingDeed { id: entry.saved.id.clone(), member, state: entry.delivery() })
        });
        deeds.collect()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::membership::Barred;

    use super::*;

    fn id(id: &str) -> MemberId {
        MemberId::parse(id).unwrap()
    }

    fn listed(name: &str, role: Role) -> MemberLine {
        MemberLine { id: id(name), name: name.to_owned(), role, joined_at: None, muted: None, banned: None }
    }

    fn present(name: &str, role: Role) -> Present {
        Present { id: id(name), name: name.to_owned(), role, state: Availability::Active }
    }

    fn word(deed: Deed) -> &'static str {
        match deed {
            Deed::Make(Role::Owner) => "make owner",
            Deed::Make(Role::Moderator) => "make moderator",
            Deed::Make(Role::Member) => "make member",
            Deed::Sanction(Sanction::Kick) => "kick",
            Deed::Sanction(Sanction::Ban) => "ban",
            Deed::Sanction(Sanction::Unban) => "unban",
            Deed::Sanction(Sanction::Mute) => "mute",
            Deed::Sanction(Sanction::Unmute) => "unmute",
        }
    }

    fn shown(listed: &[MemberLine], here: &[Present], me: &str, role: Role) -> Vec<String> {
        let me = id(me);
        let lines = care_lines(listed, here, Carer { id: &me, role, now: Millis(1_000) });
        let may = |line: &CareLine| line.may.iter().map(|deed| word(*deed)).collect::<Vec<_>>().join(", ");
        lines.iter().map(|line| format!("{}: {}", line.name, may(line))).collect()
    }

    #[test]
    fn a_member_may_do_nothing_to_anybody() {
        let here = [present("ada", Role::Member), present("bob", Role::Owner), present("cem", Role::Member)];
        assert_eq!(shown(&[], &here, "ada", Role::Member), ["bob: ", "ada: ", "cem: "]);
    }

    #[test]
    fn a_moderator_may_act_on_members_alone_and_give_no_roles() {
        let listed =
            [listed("bob", Role::Owner), listed("ada", Role::Moderator), listed("dan", Role::Moderator)];
        assert_eq!(
            shown(&listed, &[present("cem", Role::Member)], "ada", Role::Moderator),
            ["bob: ", "ada: ", "dan: ", "cem: mute, kick, ban"]
        );
    }

    #[test]
    fn an_owner_gives_roles_but_the_last_one_stays_owner() {
        let (ada, bob, cem) =
            (listed("ada", Role::Owner), listed("bob", Role::Moderator), listed("cem", Role::Owner));
        assert_eq!(
            shown(&[ada.clone(), bob.clone()], &[], "ada", Role::Owner),
            ["ada: ", "bob: make owner, make member, mute, kick, ban"]
        );
        assert_eq!(
            shown(&[ada, bob, cem], &[], "ada", Role::Owner),
            [
                "ada: make moderator, make member",
                "cem: make moderator, make member",
                "bob: make owner, make member, mute, kick, ban"
            ]
        );
    }

    #[test]
    fn whoever_is_muted_or_banned_can_be_let_off_until_it_has_ended() {
        let until = |at| Some(Barred { until: Some(Millis(at)) });
        let muted = MemberLine { muted: Some(Barred { until: None }), ..listed("bob", Role::Member) };
        let banned = MemberLine { banned: until(2_000), ..listed("aaron", Role::Member) };
        let over = MemberLine { muted: until(1_000), ..listed("cem", Role::Member) };
        assert_eq!(
            shown(&[muted, banned, over], &[], "ada", Role::Moderator),
            ["bob: unmute, kick, ban", "cem: mute, kick, ban", "aaron: unban"]
        );
    }

    #[test]
    fn whoever_is_here_stands_once_under_their_name_of_now() {
        let here = [Present { name: "Robert".to_owned(), ..present("bob", Role::Moderator) }];
        assert_eq!(shown(&[listed("bob", Role::Member)], &here, "ada", Role::Member), ["Robert: "]);
    }
}
