// What takes a network begins before the program is there: the sign-in of a first visit, and the socket to the room in the address.
//
// And where the room's words have marks, what reads marks: MARKS_URL is filled in by the build. What the room says to a first visit is
// shown at once; whoever was here before has it on disk.
//
// The program takes them over, or does without and asks for the same itself. The invariant: nothing is asked here that the program
// would not ask, and what a socket says is said again to whoever takes it.

import { drawEarly } from "./early.js";
import { guestName } from "./guest.js";

// The program finds what was begun under this name.
const HANDED_OVER = "edgewiseAhead";
const LOBBY = "lobby";
const SUBPROTOCOL = "edgewise.v1";
const HEARD = ["open", "message", "close"];

// The texts in a frame, and what may be a mark in one (`markup::unmarked` knows it exactly): a wrong guess costs time or bytes, no more.
const TEXTS = /"text":"((?:[^"\\]|\\.)*)"/g;
const MARKED = /[*_~`[<&]|(^|\\n)(\s|[#>+=-]|\d+[.)])/;

let guest;
let early;
let drawn;

// Done when whoever is new sees what was said last; at once where nobody is, or nothing was.
export function goAhead() {
  window[HANDED_OVER] = { guest: takeGuest, socket: takeSocket, drawn: () => drawn, forgetDrawn: () => (drawn = undefined) };
  // What fails here fails again for the program, which says so.
  return begin(placeOf(location.pathname)).catch(() => {});
}

async function begin({ room, seq }) {
  // Back from the provider: only the server knows who this is.
  if (stored("edgewise.away") !== undefined) return;
  const session = stored("edgewise.session");
  if (session === undefined) {
    guest = signIn();
    const [status] = await guest;
    if (!room || status !== 201) return;
    await open(address(room), seq ? undefined : document.querySelector(".skeleton"));
    if (drawn) await painted();
  } else if (room && session.expires_at > Date.now()) {
    cursorOf(session.member.id, room).then((cursor) => open(address(room, cursor))).catch(() => {});
  }
}

// The answer to a guest's sign-in, `[status, text]`: of the one that was begun, else of a new one.
function takeGuest() {
  // Whoever is new now is not who the socket was opened for.
  if (!guest) takeSocket(undefined);
  const answer = guest ?? signIn();
  guest = undefined;
  return answer;
}

// The socket to this address if there is one; any other is not wanted.
function takeSocket(wanted) {
  if (!early) return undefined;
  const { url, socket, heard, hear } = early;
  early = undefined;
  for (const kind of HEARD) socket.removeEventListener(kind, hear);
  if (url !== wanted) return void socket.close();
  // Once whoever takes it listens.
  queueMicrotask(() => heard.forEach((event) => socket.dispatchEvent(event)));
  return socket;
}

// Done when the room has spoken, or will not. `grey` is where its newest messages are shown until the program is there.
function open(url, grey) {
  const [socket, heard] = [new WebSocket(url, SUBPROTOCOL), []];
  return new Promise((spoken) => {
    const hear = (event) => {
      heard.push(event);
      if (event.type === "open") return;
      if (event.type === "message") {
        if (hasMarks(event.data)) preload(MARKS_URL);
        if (grey) drawn ??= drawEarly(grey, event.data);
      }
      spoken();
    };
    for (const kind of HEARD) socket.addEventListener(kind, hear);
    early = { url, socket, heard, hear };
  });
}

// These are the first words that the page shows. A page that nobody sees shows none.
function painted() {
  return new Promise((done) => {
    const observer = new PerformanceObserver((seen) => seen.getEntriesByName("first-contentful-paint").forEach(done));
    observer.observe({ type: "paint", buffered: true });
  });
}

function hasMarks(frame) {
  return [...frame.matchAll(TEXTS)].some(([, text]) => MARKED.test(text));
}

function preload(href) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href }));
}

async function signIn() {
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/api/session", { method: "POST", headers, body: JSON.stringify({ name: guestName() }) });
  return [answer.status, await answer.text()];
}

// The room and the message in it that an address names, as `address.rs` reads it.
function placeOf(path) {
  if (path === "/") return { room: LOBBY };
  const [, room, seq] = /^\/r\/([^/]+)(?:\/(\d+))?\/?$/.exec(path) ?? [];
  return { room, seq };
}

// As `socket.rs` writes it.
function address(room, cursor) {
  const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  return `${location.origin.replace("http", "ws")}/api/rooms/${room}/socket${query}`;
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

// Where this reader was in this room; `store.rs` keeps it.
async function cursorOf(member, room) {
  const opening = indexedDB.open("edgewise");
  // There is no such database yet: the program makes it.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await done(opening);
  try {
    const place = await done(database.transaction("places").objectStore("places").get(`${member}/${room}`));
    return place === undefined ? undefined : JSON.parse(place).cursor;
  } finally {
    database.close();
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
