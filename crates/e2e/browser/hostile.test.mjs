// A thousand hostile texts as a message, a name, a room's title and topic, and a file's name: each is seen as it was typed, and none becomes anything but text.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { COUNT, fileName, fitting, hostileTexts, named } from "./stage/hostile.mjs";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave } from "./stage/rooms.mjs";
import { Server } from "./stage/server.mjs";
import { strange, watched } from "./stage/watched.mjs";

const LIMIT = { timeout: 240_000 };
const AN_IMPORT = 100;
const A_MESSAGE = 10;
const SIDE_BY_SIDE = 4;
const texts = hostileTexts();

let browser, server;
before(async () => {
  browser = await openBrowser();
  server = await Server.start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

// Somebody whose page is watched from its first element on, in a room of theirs.
async function inARoom(room) {
  const ada = await Person.visit(browser, server);
  await watched(ada);
  await ask(ada, "POST", "/api/rooms", { room, title: room, visibility: "public" });
  await ada.page.goto(`${server.url}/r/${room}`);
  await ada.composer.waitFor();
  return ada;
}

function ask({ page }, method, path, body) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(path, { method, headers, body: typeof body === "string" ? body : JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    },
    { method, path, body },
  );
}

async function home(person) {
  assert.deepEqual(await strange(person), []);
  const sideways = await person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(sideways, 0, "nothing runs out of the window");
  await leave(person);
}

const solid = (text) => text.replace(/\s/gu, "");
// Words of some length, without characters that are written by their names.
const words = (text) => text.replace(/&#?\w+;/gu, " ").toLowerCase().match(/\p{L}{4,}/gu) ?? [];

function isSeen({ text, plain }, shown) {
  if (plain) return assert.equal(solid(shown.text), solid(text));
  const seen = `${shown.text} ${shown.aside}`.toLowerCase();
  assert.deepEqual(words(text).filter((word) => !seen.includes(word)), [], `of ${JSON.stringify(text.slice(0, 300))}`);
}

test("as messages they are text, and as names they are names", LIMIT, async () => {
  const ada = await inARoom("messages");
  const begin = Date.now() - COUNT * 60_000;
  const lines = texts.map(({ text }, at) =>
    JSON.stringify({ seq: at + 1, at: begin + at * 1_000, by: { id: `h${at}`, name: named(text) }, kind: "message", text }),
  );
  for (let at = 0; at < COUNT; at += AN_IMPORT) await ask(ada, "POST", "/api/rooms/messages/import", lines.slice(at, at + AN_IMPORT).join("\n"));

  // To the last one by its address: a reload would lead to the first that she has not seen, wherever that was.
  await ada.page.goto(`${server.url}/r/messages/${COUNT}`);
  await ada.page.locator(`[data-seq="${COUNT}"]`).waitFor();
  await ada.page.evaluate(readUpTo, COUNT);
  const shown = new Map(await ada.page.evaluate(() => [...window.written]));
  for (const [at, hostile] of texts.entries()) {
    const row = shown.get(String(at + 1));
    isSeen(hostile, row);
    assert.equal(row.name, named(hostile.text));
  }
  await home(ada);
});

// In the page: up through the room until every message was drawn; each time to the topmost that is drawn and never past a gap that is
// being filled, so that none is passed over.
function readUpTo(count) {
  return new Promise((done) => {
    const step = () => {
      if (window.written.size === count) return done();
      if (!document.querySelector(".frame .gap")) document.querySelector(".frame article[data-seq]").scrollIntoView({ block: "start", behavior: "instant" });
      requestAnimationFrame(step);
    };
    step();
  });
}

test("whoever types them sees them as they were typed, waiting and sent, and so does everybody else", LIMIT, async () => {
  const ada = await inARoom("typed");
  const bob = await Person.visit(browser, server);
  await watched(bob);
  await bob.page.goto(`${server.url}/r/typed`);
  await bob.composer.waitFor();
  const some = texts.filter((_, at) => at % 3 === 0).slice(0, 32);
  for (const { text } of some) await ada.write(text);
  await ada.write("That was all.");
  for (const person of [ada, bob]) {
    await person.page.locator("article[data-seq]", { hasText: "That was all." }).waitFor();
    await person.page.evaluate(readUpTo, some.length + 1);
    const shown = await person.page.evaluate(() => [...window.written].sort((a, b) => a[0] - b[0]).map(([, row]) => row));
    for (const [at, hostile] of some.entries()) isSeen(hostile, shown[at]);
  }
  assert.deepEqual(await strange(bob), []);
  await leave(bob);
  await home(ada);
});

test("as titles and topics of a room they are shown to the letter, also in the log and in the list of all rooms", LIMIT, async () => {
  const wanted = texts.map(({ text }) => ({ title: fitting(text, 80), topic: fitting(text, 250) }));
  // A page draws what changes ten times a second: some pages side by side see more of it.
  const readers = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, at) => inARoom(`titles-${at}`)));
  const missed = readers.map(({ page }, at) =>
    page.evaluate(callOneAfterTheOther, { room: `titles-${at}`, wanted: wanted.filter((_, of) => of % SIDE_BY_SIDE === at) }),
  );
  assert.deepEqual(await Promise.all(missed), readers.map(() => null));
  const [ada, ...others] = readers;
  for (const other of others) await home(other);

  await ada.page.getByRole("button", { name: "Moderation log" }).click();
  await ada.page.locator(".log li").nth(20).waitFor();
  const last = wanted.at(-1);
  await ask(ada, "POST", "/api/rooms", { room: "other", title: last.title, topic: last.topic, visibility: "public" });
  await ada.page.getByRole("link", { name: "Find or make a room" }).click();
  await ada.page.waitForFunction((title) => document.querySelector("main")?.textContent.includes(title), last.title);
  await home(ada);
});

// In the page: the room gets each title and topic, and the heading must have them before the next; the first that it has not is what comes back.
async function callOneAfterTheOther({ room, wanted }) {
  const shown = () => ({ title: document.querySelector("main h1").textContent.slice(1), topic: document.querySelector(".topic").textContent });
  const isShown = (change) => JSON.stringify(shown()) === JSON.stringify(change);
  const drawn = (change) =>
    new Promise((done) => {
      const look = () => isShown(change) && finish();
      const observer = new MutationObserver(look);
      const deadline = setTimeout(() => finish(), 10_000);
      const finish = () => (observer.disconnect(), clearTimeout(deadline), done());
      observer.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
      look();
    });
  for (const change of wanted) {
    const answer = await fetch(`/api/rooms/${room}`, { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify(change) });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await drawn(change);
    if (!isShown(change)) return { wanted: change, shown: shown() };
  }
  return null;
}

test("as names of files they are shown to the letter", LIMIT, async () => {
  const ada = await inARoom("files");
  const names = texts.map(({ text }) => fileName(text));
  const shown = await ada.page.evaluate(bringAll, { names, aMessage: A_MESSAGE });
  assert.deepEqual(shown, names);
  await home(ada);
});

// In the page: messages of some files each, and what their lines say once they are drawn.
async function bringAll({ names, aMessage }) {
  const shown = [];
  const bring = async (name) => {
    const headers = { "x-file-name": encodeURIComponent(name) };
    const answer = await fetch("/api/rooms/files/files", { method: "POST", headers, body: "some words" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).file;
  };
  for (let at = 0; at < names.length; at += aMessage) {
    const attachments = await Promise.all(names.slice(at, at + aMessage).map(bring));
    const body = JSON.stringify({ id: `f${at}`, text: `files from ${at}`, attachments });
    const answer = await fetch("/api/rooms/files/messages", { method: "POST", headers: { "content-type": "application/json" }, body });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const { seq } = await answer.json();
    const lines = () => [...document.querySelectorAll(`[data-seq="${seq}"] .file bdi`)].map((line) => line.textContent);
    while (lines().length < attachments.length) await new Promise(requestAnimationFrame);
    shown.push(...lines());
  }
  return shown;
}
