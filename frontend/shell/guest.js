// Names for people who have not said theirs yet, such as Quiet Otter: 1,024 of them, which is enough to tell apart who is in a room.
//
// The invariant, which `frontend/tests/drawn/guests.rs` holds: every name that comes out is one that the server takes.

const MANNERS = [
  "Amber", "Brave", "Bright", "Calm", "Clear", "Clever", "Cosy", "Curious", "Eager", "Early", "Fair",
  "Gentle", "Glad", "Golden", "Humble", "Jolly", "Keen", "Kind", "Lively", "Lucky", "Mellow", "Merry",
  "Nimble", "Patient", "Polite", "Quick", "Quiet", "Sunny", "Swift", "Tidy", "Warm", "Witty",
];
const ANIMALS = [
  "Badger", "Beaver", "Bison", "Crane", "Dolphin", "Falcon", "Finch", "Fox", "Gecko", "Heron", "Ibex",
  "Jay", "Kestrel", "Koala", "Lark", "Lemur", "Lynx", "Marten", "Moth", "Newt", "Ocelot", "Orca", "Otter",
  "Owl", "Panda", "Puffin", "Raven", "Robin", "Seal", "Swan", "Tapir", "Wren",
];

export function guestName() {
  return `${oneOf(MANNERS)} ${oneOf(ANIMALS)}`;
}

const oneOf = (words) => words[Math.floor(Math.random() * words.length)];
