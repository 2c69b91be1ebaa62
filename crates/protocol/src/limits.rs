//! Every bound of the protocol, with the sum that led to it. A limit is tested at n and at n + 1.

/// A message's text in Unicode scalar values, after trimming. 4,000 four-byte scalars are 16 KB: a quarter of a frame.
pub const TEXT_SCALARS: usize = 4_000;
/// A name in Unicode scalar values, after normalising.
pub const NAME_SCALARS: usize = 32;
/// A room's title in Unicode scalar values.
pub const TITLE_SCALARS: usize = 80;
/// A room's topic in Unicode scalar values.
pub const TOPIC_SCALARS: usize = 250;
/// The longest slow mode: six hours. Beyond that a room is for moderators only.
pub const SLOW_MODE_MS: u64 = 6 * 60 * 60 * 1_000;
/// The longest retention, in days: ten years. Beyond that messages are kept for ever.
pub const RETENTION_DAYS: u32 = 3_650;
/// Why a moderator acted, in Unicode scalar values.
pub const REASON_SCALARS: usize = 200;
/// The longest mute or ban that has an end: ten years.
pub const SANCTION_MS: u64 = 10 * 366 * 24 * 60 * 60 * 1_000;
/// Members with a role in one room: all of them are in memory, and a hundred have 10 KB.
pub const STAFF: usize = 100;
/// Pinned messages in a room.
pub const PINS: usize = 50;
/// A reply's excerpt in Unicode scalar values.
pub const EXCERPT_SCALARS: usize = 100;
/// A public room's slug, in bytes.
pub const SLUG_BYTES: usize = 48;
/// An id that a client minted, in bytes: room for a UUID with a prefix.
pub const ID_BYTES: usize = 64;
/// An emoji in bytes. The longest of Unicode 17's own sequences, a family of four with skin tones, has 41.
pub const EMOJI_BYTES: usize = 64;
/// A frame from a client, in bytes. The largest honest one is 4,000 scalars escaped as `\u` pairs: 48 KB, and its ids.
pub const CLIENT_FRAME_BYTES: usize = 64 * 1024;
/// A frame from the server, in bytes: a page of 256 KiB with the worst escaping stays under it.
pub const SERVER_FRAME_BYTES: usize = 512 * 1024;
/// A JSON page by HTTP, in bytes.
pub const PAGE_BYTES: usize = 512 * 1024;
/// Members mentioned in one message.
pub const MENTIONS: usize = 20;
/// Events of one piece of an import.
pub const IMPORT_EVENTS: usize = 500;
/// A piece of an import, in bytes.
pub const IMPORT_BYTES: usize = 1024 * 1024;
/// Files on one message.
pub const ATTACHMENTS: usize = 10;
/// A file, in bytes, where there is a bucket for files: 10 MiB, a photograph of a good camera.
pub const FILE_BYTES: u64 = 10 * 1024 * 1024;
/// A file, in bytes, where the room keeps it in its own storage: 5 MiB, a photograph of a telephone.
pub const FILE_BYTES_IN_ROOM: u64 = 5 * 1024 * 1024;
/// All files of a room that keeps them in its own storage, in bytes: 256 MiB, so that a backup of a hundred such rooms still fits
/// onto a small disk.
pub const ROOM_FILE_BYTES: u64 = 256 * 1024 * 1024;
/// What a file is called, in Unicode scalar values.
pub const FILE_NAME_SCALARS: usize = 200;
/// Files of one member that wait for a message: five messages' worth. Beyond it older ones must be sent, or be forgotten.
pub const WAITING_FILES: u64 = 50;
/// How long a file waits for its message: a day, so that one that was written without a network still finds its files.
pub const FILE_WAITS_MS: u64 = 24 * 60 * 60 * 1_000;
/// Different emoji on one message.
pub const REACTIONS: usize = 20;
/// Those behind one of them who are told by name: more than a line of text can say. With 20 emoji an answer is 40 KiB at most.
pub const REACTORS: usize = 20;
/// Events in one answer to a resume, and their bytes.
pub const RESUME_EVENTS: usize = 500;
/// Bytes of events, or of messages, in one `welcome`.
pub const WELCOME_BYTES: usize = 256 * 1024;
/// Messages in a snapshot.
pub const SNAPSHOT_MESSAGES: usize = 50;
/// Messages in a page of history, at most.
pub const PAGE_MESSAGES: usize = 100;
/// Messages in a page of history when nothing was asked for.
pub const PAGE_MESSAGES_DEFAULT: usize = 50;
/// Events in a page of the log, at most.
pub const PAGE_EVENTS: usize = 1_000;
/// Events in a page of the log when nothing was asked for.
pub const PAGE_EVENTS_DEFAULT: usize = 200;
/// Messages that one search gives, at most.
pub const SEARCH_MESSAGES: usize = 50;
/// Messages that a search gives when nothing was asked for.
pub const SEARCH_MESSAGES_DEFAULT: usize = 20;
/// What can be looked for, in Unicode scalar values.
pub const SEARCH_SCALARS: usize = 200;
/// Words and phrases in one search: each is a walk through the index.
pub const SEARCH_TERMS: usize = 10;
/// Letters and digits that a prefix needs: one letter begins a tenth of all words there are.
pub const SEARCH_PREFIX: usize = 2;
/// Members in a page of them, at most: 350 bytes each.
pub const PAGE_MEMBERS: usize = 500;
/// Members in a page of them when nothing was asked for.
pub const PAGE_MEMBERS_DEFAULT: usize = 200;
/// Rooms in a page of the Directory, at most.
pub const PAGE_ROOMS: usize = 100;
/// Rooms in a page of the Directory when nothing was asked for.
pub const PAGE_ROOMS_DEFAULT: usize = 50;
/// What is looked for in the Directory, in Unicode scalar values: a title.
pub const QUERY_SCALARS: usize = TITLE_SCALARS;
/// Rooms that a member keeps. Each is asked for its counts when the list is: two hundred answer well within a second.
pub const MY_ROOMS: usize = 200;
/// Invitations of a room that are good at the same time.
pub const INVITES: u64 = 100;
/// Uses of an invitation, at most.
pub const INVITE_USES: u32 = 1_000;
/// How long an invitation is good when nothing was asked for: a week.
pub const INVITE_DEFAULT_MS: u64 = 7 * 24 * 60 * 60 * 1_000;
/// How long it can be good: thirty days, as long as a sign-in.
pub const INVITE_LONGEST_MS: u64 = 30 * 24 * 60 * 60 * 1_000;
/// Webhooks of a room, in and out: each that listens is a row more for each event.
pub const HOOKS: usize = 20;
/// A webhook's command, in bytes, without its slash.
pub const COMMAND_BYTES: usize = 32;
/// Events that a webhook which does not answer has still to hear, at most; older ones are left out then.
pub const HOOK_CALLS: usize = 1_000;
/// Events in one call of a webhook, at most.
pub const HOOK_EVENTS: usize = 100;
/// Bytes of the events in one call of a webhook; one that is larger goes alone.
pub const HOOK_BYTES: usize = 64 * 1024;
/// A webhook's address, in bytes.
pub const HOOK_URL_BYTES: usize = 1_000;
/// What a webhook answers to a command, in bytes: a text of 4,000 four-byte scalars, escaped by halves.
pub const HOOK_ANSWER_BYTES: usize = 64 * 1024;
/// API tokens of a member that are good at the same time: more programs than one person looks after.
pub const API_TOKENS: usize = 20;
/// How long an API token is good at most, and when nothing was asked for: a year.
pub const API_TOKEN_MS: u64 = 365 * 24 * 60 * 60 * 1_000;
/// Subscriptions of a member to notifications, one a sign-in: a laptop, a phone, and some that were forgotten. Beyond it the oldest goes.
pub const PUSH_SUBSCRIPTIONS: usize = 10;
/// Unread messages are counted up to here; nobody reads the difference, and a room of a million need not be walked through.
pub const UNREAD: u32 = 1_000;
/// Members whose comings and goings are told one by one; above it the roster is a sample.
pub const ROSTER_MEMBERS: usize = 200;
/// When the count has fallen to this, the whole roster comes again. Lower than [`ROSTER_MEMBERS`] so that a room at the edge does not flap.
pub const ROSTER_RETURNS: usize = 150;
/// Sockets one member may have in one room: a laptop, a phone and a dozen tabs.
pub const SOCKETS_PER_MEMBER: usize = 16;
/// Bad frames within [`BAD_FRAMES_MS`] that close the socket with 4022.
pub const BAD_FRAMES: usize = 5;
/// The minute in which [`BAD_FRAMES`] are counted.
pub const BAD_FRAMES_MS: u64 = 60_000;
/// Commands a member may send each second, on average.
pub const SEND_PER_S: u32 = 5;
/// Commands a member may send at once before the average counts.
pub const SEND_BURST: u32 = 20;
/// Frames of one member that a room looks at within five seconds: four times what the rate of commands allows, since a
/// client that comes back repeats its outbox. Beyond it they are refused before anything is read.
pub const FLOOD_MEMBER: u64 = 100;
/// Frames of one member within five seconds that close the socket with 4101.
pub const FLOOD_CLOSES: u64 = 1_000;
/// Frames from one address to one room within five seconds: an office of people behind one address.
pub const FLOOD_ADDRESS: u64 = 500;
/// Frames to one room within five seconds: what it can read and refuse with half of a core.
pub const FLOOD_ROOM: u64 = 2_500;
/// A client pings when it has sent nothing for this long.
pub const HEARTBEAT_MS: u64 = 30_000;
/// A socket is dead after 2½ beats without a frame or a ping.
pub const DEAD_MS: u64 = HEARTBEAT_MS * 5 / 2;
/// A client waits this long for `welcome` and for every answer, then reconnects.
pub const ANSWER_MS: u64 = 10_000;
/// An ack is followed by its event within this time, or the client resumes.
pub const EVENT_AFTER_ACK_MS: u64 = 5_000;
/// After a 42xx close, clients come back spread over this long.
pub const SPREAD_MS: u64 = 5_000;
/// Bytes sent to a session without a mark, at most.
pub const MARK_BYTES: usize = 64 * 1024;
/// Bytes sent to a session beyond the last mark it returned, at most: then it is a slow reader.
pub const UNREAD_BYTES: usize = 1024 * 1024;
/// With more to send, a session must return a mark within this time.
pub const UNREAD_MS: u64 = 30_000;
/// A `typing` counts at most once in this time.
pub const TYPING_EVERY_MS: u64 = 3_000;
/// How long a `typing` is shown.
pub const TYPING_SHOWN_MS: u64 = 5_000;
/// A `read` is taken at most once in this time.
pub const READ_EVERY_MS: u64 = 5_000;
/// A client tells its read marker at most once in this time: what one device has read, the others show within 2 s, and half a second
/// of that is the way. Telling costs a frame; writing, which costs a row, is rarer.
pub const READ_TOLD_MS: u64 = 1_500;
/// Ids that name a member, a session or an epoch, in bytes.
pub const MINTED_ID_BYTES: usize = 64;
/// A `notify` socket hears at most one `head` in this time.
pub const NOTIFY_EVERY_MS: u64 = 2_000;
/// First wait before coming back, doubled each time, with full jitter.
pub const BACKOFF_FIRST_MS: u64 = 500;
/// Longest wait before coming back.
pub const BACKOFF_LONGEST_MS: u64 = 30_000;
/// Largest seq, and largest instant: JSON numbers are exact up to 2^53 − 1.
pub const EXACT_INTEGER: u64 = (1 << 53) - 1;
/// Bytes of a browser's error reports, together.
pub const REPORT_BYTES: usize = 16 * 1024;
/// Errors in one report: more at once are one fault.
pub const REPORTED_ERRORS: usize = 5;
/// What an error says of itself, in Unicode scalar values.
pub const REPORT_SCALARS: usize = 300;
/// A stack as a browser writes it, in bytes: some forty frames.
pub const STACK_BYTES: usize = 4 * 1024;
/// Things that happened before an error.
pub const BREADCRUMBS: usize = 20;
/// What a breadcrumb says, in Unicode scalar values.
pub const BREADCRUMB_SCALARS: usize = 100;
/// What a program calls its version, in bytes.
pub const RELEASE_BYTES: usize = 100;
/// The longest duration that a browser can have measured: ten minutes. Beyond that a laptop slept.
pub const MEASURED_MS: u32 = 600_000;
/// The largest layout shift that counts, 10, in millionths: 0.25 is poor already.
pub const MEASURED_SHIFT_MILLIONTHS: u32 = 10_000_000;
/// Samples of one kind in a browser's metrics: a minute's worth.
pub const MEASURED_SAMPLES: usize = 20;
/// Times that a browser can have connected again in the minute it tells of.
pub const RECONNECTS: u32 = 120;
