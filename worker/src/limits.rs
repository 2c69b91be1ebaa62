//! Every bound of the Worker that is not the protocol's, with the sum that led to it.

/// How long a sign-in lasts: 30 days.
pub const SIGN_IN_MS: u64 = 30 * 24 * 60 * 60 * 1_000;
/// How long an isolate may trust what an Inbox said of a sign-in.
pub const STANDING_MS: u64 = 30_000;
/// How long an isolate may remember that a public room is there.
pub const LISTING_MS: u64 = 60_000;
/// Entries that an isolate remembers of each kind: at 300 bytes each, 3 MB of its 128.
pub const REMEMBERED: usize = 10_000;
/// Sign-ins an address may make at once: an office behind one address, arriving at nine.
pub const SIGN_INS_BURST: u64 = 30;
/// An address earns another sign-in in this time.
pub const SIGN_IN_EVERY_MS: u64 = 2_000;
/// Bytes of a JSON body that is no command: a title and a topic of four-byte scalars, escaped, are 4 KB.
pub const BODY_BYTES: usize = 16 * 1024;
/// Objects that hold the Directory together. A lookup is 50 µs: sixteen serve 300,000 a second.
pub const DIRECTORY_SHARDS: u32 = 16;
/// How long one object waits for another. From compatibility date 2026-10-01 a pending call keeps its caller awake.
pub const CALL_MS: u64 = 10_000;
/// How long a file may take to come: five minutes, 35 KB a second for the largest.
pub const FILE_MS: u64 = 5 * 60 * 1_000;
/// Rooms that an Inbox tells at once: what one Worker may have open to others is six.
pub const TOLD_AT_ONCE: usize = 6;
/// First wait of an Inbox before it tells a room again, doubled each time.
pub const TELL_AGAIN_FIRST_MS: u64 = 250;
/// Longest wait before it tells a room again.
pub const TELL_AGAIN_LONGEST_MS: u64 = 60_000;
/// How long a room remembers that a sign-in has ended: longer than an upgrade that was already on its way can take.
pub const ENDED_MS: u64 = 60_000;
/// What the envelope of a page takes of its 512 KiB: ids, numbers and field names are 300 bytes.
pub const PAGE_ENVELOPE_BYTES: usize = 1_024;
/// A request id, in bytes.
pub const REQUEST_ID_BYTES: usize = 64;
/// Frames to a room that come within this time are stored by one commit. A commit waits for the disk, 1 to 8 ms in which the room
/// does nothing else: fifty a second leave it more than half of its time, where one a message would end at 150 messages a second.
pub const GATHER_MS: u64 = 20;
/// Shards of the Metrics object. One takes a thousand pushes a second, and an isolate pushes once in ten: four serve 40,000 isolates.
pub const METRICS_SHARDS: u32 = 4;
/// An isolate pushes what it counted at most once in this time.
pub const PUSH_EVERY_MS: u64 = 10_000;
/// A shard of the Metrics object writes at most once in this time.
pub const METRICS_WRITE_EVERY_MS: u64 = 10_000;
/// Gauges that a shard keeps, two a room: at 100 bytes each, 4 MB.
pub const METRICS_GAUGES: usize = 40_000;
/// How often a room looks how large its database is.
pub const SIZE_EVERY_MS: u64 = 10_000;
/// A member's metrics count once in this time.
pub const CLIENT_METRICS_MS: u64 = 60_000;
/// Error reports an address may send at once: a few tabs of a page that broke.
pub const REPORTS_BURST: u64 = 10;
/// An address earns another error report in this time.
pub const REPORT_EVERY_MS: u64 = 6_000;
/// The same error is reported once in this time.
pub const SAME_ERROR_MS: u64 = 60_000;
/// Different errors that an isolate remembers having reported.
pub const ERRORS_REMEMBERED: usize = 100;
/// Errors that wait to be sent: a handler that breaks makes two or three.
pub const ERRORS_WAITING: usize = 20;
/// How long sending an error report may take.
pub const REPORT_MS: u32 = 5_000;
/// Frames that wait together at most: at 64 KiB each, 16 MB of the object's 64.
pub const GATHER_FRAMES: usize = 256;
/// A room tells the Directory how it is at most once in this time.
pub const REPORT_ROOM_EVERY_MS: u64 = 30_000;
/// Rows of a room that is gone that go in one turn: a few milliseconds of the object's time.
pub const CLEARED_AT_ONCE: usize = 2_000;
/// How long the rooms of a list may take to count what is unread; one that takes longer shows no counts.
pub const COUNTS_MS: u64 = 1_500;
/// That a member is here, who asks for their rooms, is written at most once in this time. An open page asks once a minute, give or take.
pub const HERE_EVERY_MS: u64 = 50_000;
/// Whoever asked this long ago is still here: a page's two asks, and a half for a browser that rings late.
pub const HERE_MS: u64 = 150_000;
/// Direct rooms of a list whose others are asked after, the newest: with 200 rooms, 250 calls of the 1,000 that a request may make.
pub const ASKED_AFTER: usize = 50;
/// How long the others of direct rooms may take to say whether they are here; of one that takes longer, nothing is said.
pub const HERE_ANSWER_MS: u64 = 500;
/// Direct rooms a member may ask for at once.
pub const DIRECTS_BURST: u64 = 20;
/// A member earns another in this time: each may make an object of a member who never was.
pub const DIRECT_EVERY_MS: u64 = 2_000;
/// How long an issuer's document is kept: keys change once in weeks, and a key that is not known is asked for at once.
pub const DOCUMENT_MS: u64 = 60 * 60 * 1_000;
/// How soon it may be fetched again, however many tokens name a key that is not in it.
pub const DOCUMENT_AGAIN_MS: u64 = 60_000;
/// How long an issuer may take to answer.
pub const ISSUER_MS: u32 = 5_000;
/// How long somebody may take to sign in at a provider: ten minutes, with a second factor that has to be found.
pub const ATTEMPT_MS: u64 = 10 * 60 * 1_000;
/// Exports of what they wrote that a member may ask for at once.
pub const EXPORTS_BURST: u64 = 3;
/// A member earns another in this time: each asks every room they have been in.
pub const EXPORT_EVERY_MS: u64 = 60_000;
/// Words of one search in the Directory: each is one more look through every title.
pub const QUERY_WORDS: usize = 8;
/// How long a call of a webhook may take: what it has to do, it may do after its answer.
pub const HOOK_MS: u32 = 10_000;
/// Webhooks of one room that are called at once: what one Worker may have open to others is six.
pub const HOOKS_AT_ONCE: usize = 6;
/// An alarm may ring this much before what it was set for; the room allows it as much.
pub const HOOK_EARLY_MS: u64 = 1_000;
/// How long a push service keeps a notification for a browser that is off: a day.
pub const PUSH_TTL_S: u64 = 24 * 60 * 60;
/// A notification of which nothing came is sent again after a minute, and then after twice as long each time.
pub const NUDGE_AGAIN_MS: i64 = 60_000;
/// How often a notification is tried: over a quarter of an hour. Then nobody would thank us for it.
pub const NUDGE_TRIES: i64 = 5;
/// Notifications that an Inbox sends at once, six by six: at ten seconds each they are over before they are taken for lost.
pub const NUDGES_AT_ONCE: i64 = 30;
