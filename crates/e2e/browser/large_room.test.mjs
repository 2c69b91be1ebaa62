// A room of 100,000 messages on a real page: how much of it is drawn, and where the reader is meanwhile. What scrolling costs is measured
// by itself (vitals/large_room.test.mjs).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MESSAGES, MINUTE_MS, fillLargeRoom, scrollThrough } from "./stage/large_room.mjs";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server } from "./stage/server.mjs";

let browser;
let server;
let room;
let reader;

before(async () => {
  browser = await openBrowser();
  server = await Server.start();
  reader = await Person.visit(browser, server);
  room = await fillLargeRoom(reader);
});
after(async () => {
  await server.stop();
  await browser.close();
});

const frame = () => reader.page.locator(".frame");

// The first message in view: its seq, and how many pixels below the top of the frame it stands.
function atTop() {
  const frame = document.querySelector(".frame");
  const top = frame.getBoundingClientRect().top;
  const row = [...frame.querySelectorAll("article[data-seq]")].find((row) => row.getBoundingClientRect().top >= top);
  return { seq: Number(row.dataset.seq), px: row.getBoundingClientRect().top - top };
}

async function open(path = "") {
  await reader.page.goto(`${server.url}/r/${room}${path}`);
  await reader.page.locator("article[data-seq]").first().waitFor();
}

test("far up and some of the way back, fewer than 400 rows are drawn", { timeout: 120_000 }, async () => {
  await open();
  await reader.page.locator(`[data-seq="${MESSAGES}"]`).waitFor();
  const rows = await scrollThrough(reader);
  assert.ok(rows > 10 && rows < 400, `${rows} rows are drawn`);
  reader.assertNoErrors();
});

// In the page, from its first moment on: pages next to what is held come late. Meanwhile and after that is noted how far below the frame's top a message stands at each frame of the screen, once it has
// the focus, and how high all is by then.
function watch(seq) {
  window.places = [];
  const fetchNow = window.fetch;
  window.fetch = async (...asked) => {
    const url = asked[0].url ?? asked[0];
    while (/messages\?(before|after)/.test(url) && window.places.length < 5) await new Promise(requestAnimationFrame);
    return fetchNow(...asked);
  };
  const note = () => {
    const row = document.querySelector(`[data-seq="${seq}"]`);
    const frame = document.querySelector(".frame");
    if (row && (window.places.length > 0 || row === document.activeElement)) {
      window.places.push({ px: row.getBoundingClientRect().top - frame.getBoundingClientRect().top, height: frame.scrollHeight });
    }
  };
  // After what watches sizes has had its say, too: the next task knows what was painted.
  const painted = new MessageChannel();
  painted.port1.onmessage = note;
  const look = () => {
    painted.port2.postMessage(undefined);
    requestAnimationFrame(look);
  };
  look();
}

test("a message that the address names stays where it is while what is around it comes in", { timeout: 120_000 }, async () => {
  await reader.page.addInitScript(watch, 50_000);
  await open("/50000");
  await reader.page.waitForFunction(() => window.places.at(-1)?.height > window.places[0]?.height + 2_000);
  const places = (await reader.page.evaluate(() => window.places)).map((place) => place.px);
  const [least, most] = [Math.min(...places), Math.max(...places)];
  assert.ok(most - least <= 1, `it stood between ${least} and ${most} px below the top`);
  const rows = await reader.page.evaluate(atTop);
  assert.ok(rows.seq > 49_900 && rows.seq <= 50_000, `${rows.seq} is at the top`);
  reader.assertNoErrors();
});

test("from a message of long ago one press leads to the newest", { timeout: 120_000 }, async () => {
  await open("/300");
  await reader.page.locator('[data-seq="300"]:focus').waitFor();
  await reader.page.getByRole("button", { name: "Newest" }).click();
  await reader.page.locator(`[data-seq="${MESSAGES}"]`).waitFor();
  reader.assertNoErrors();
});

test("a day's name leads to another day: to the first message from its midnight on", { timeout: 120_000 }, async () => {
  await open();
  const days = 30;
  const date = await reader.page.evaluate((days) => {
    const day = new Date(Date.now() - days * 24 * 60 * 60_000);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }, days);
  await reader.page.locator(".floating").getByTitle("Jump to a date").click();
  await reader.page.getByLabel("Jump to a date").fill(date);
  await reader.page.getByRole("button", { name: "Jump", exact: true }).click();
  // One message a minute: as many as there are minutes from that midnight until now.
  const row = reader.page.locator("article[data-seq]:focus");
  await row.waitFor();
  const at = await row.locator("time").first().getAttribute("datetime");
  const midnight = await reader.page.evaluate((date) => new Date(`${date}T00:00`).getTime(), date);
  const late = Date.parse(at) - midnight;
  assert.ok(late >= 0 && late <= MINUTE_MS, `it was written ${late} ms after midnight`);
  reader.assertNoErrors();
});

test("what a message is being changed to is there again after its row was out of sight", { timeout: 120_000 }, async () => {
  await open();
  await reader.write("to be changed");
  const mine = reader.page.locator("article[data-state=sent]", { hasText: "to be changed" });
  await mine.hover();
  await mine.getByRole("button", { name: "Edit" }).click();
  const field = reader.page.getByLabel("Change your message");
  await field.fill("half a chan");
  await frame().evaluate((frame) => (frame.scrollTop = 0));
  await field.waitFor({ state: "detached" });
  await reader.page.getByRole("button", { name: /Newest|new/ }).click();
  await field.waitFor();
  assert.equal(await field.inputValue(), "half a chan");
  await field.press("Escape");
  reader.assertNoErrors();
});

test("whoever comes back to much that is unread is where it begins", { timeout: 120_000 }, async () => {
  const late = await Person.visit(browser, server);
  let read = 0;
  late.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const said = /^\{"type":"read","seq":(\d+)/.exec(payload);
      if (said) read = Number(said[1]);
    }),
  );
  const write = (from, count) =>
    reader.page.evaluate(
      async ({ from, count }) => {
        for (let n = from; n < from + count; n += 1) {
          const body = JSON.stringify({ id: crypto.randomUUID(), text: `news ${n}` });
          await fetch("/api/rooms/lobby/messages", { method: "POST", body, headers: { "content-type": "application/json" } });
        }
      },
      { from, count },
    );
  await write(1, 3);
  await late.page.reload();
  await late.sees("news 3");
  const newest = Number(await late.page.locator("article[data-seq]").last().getAttribute("data-seq"));
  while (read < newest) await late.page.evaluate(() => new Promise(requestAnimationFrame));
  await late.page.goto(`${server.url}/rooms`);
  await write(4, 150);
  await late.page.goto(`${server.url}/r/lobby`);
  await late.page.getByRole("separator", { name: "New messages" }).waitFor();
  const first = late.page.locator(".line.new + article .written");
  assert.equal(await first.textContent(), "news 4");
  assert.ok(await first.evaluate((row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < innerHeight));
  late.assertNoErrors();
  await late.context.close();
});
