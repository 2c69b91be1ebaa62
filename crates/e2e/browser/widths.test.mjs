// No screen runs out of a window sideways, from a small phone to a wide desktop, whatever people are called and have written.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { inRoom, leave, makeRoom } from "./stage/rooms.mjs";
import { Server } from "./stage/server.mjs";

const LIMIT = { timeout: 240_000 };
const WIDTHS = [1920, 1280, 960, 719, 480, 360];
const TITLE = "Averylongwordwithoutanybreakthatnothingholdsandthatgoesonandonandonuntiltheend";
const WORD = "averylongwordwithoutanybreak".repeat(20);

let browser, server;
before(async () => {
  browser = await openBrowser();
  server = await Server.start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

// What is wider than its place: the page, and whatever in it scrolls up and down.
function tooWide({ page }) {
  return page.evaluate(() => {
    const places = [document.documentElement, ...document.querySelectorAll("main, aside, .frame, .screen, .side, .nowhere")];
    return places.filter((place) => place.scrollWidth > place.clientWidth).map((place) => `${place.localName}.${place.className}: ${place.scrollWidth} in ${place.clientWidth}`);
  });
}

// Goes on to the next screen whatever it finds, and tells all in the end.
async function fits(person, where) {
  person.found ??= [];
  for (const width of WIDTHS) {
    await person.page.setViewportSize({ width, height: 800 });
    for (const place of await tooWide(person)) person.found.push(`${where} at ${width}: ${place}`);
  }
  await person.page.setViewportSize({ width: WIDTHS[0], height: 800 });
}

// In the page.
async function changeTopic(topic) {
  const room = location.pathname.replace("/r/", "/api/rooms/");
  const answer = await fetch(room, { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify({ topic }) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

test("every screen of a room fits", LIMIT, async () => {
  const ada = await Person.visit(browser, server);
  await fits(ada, "a first visit");
  await ada.rename("Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww");
  await makeRoom(ada, TITLE);
  await ada.write(`${WORD}\n\n\`\`\`\n${WORD}\n\`\`\`\n\n> ${WORD}`);
  await ada.page.locator("article.row[data-state=sent]").waitFor();
  await ada.composer.fill(`**${WORD}**`);
  await fits(ada, "a room with a long word, and one in the keys");
  await ada.composer.fill("");
  await ada.page.getByRole("button", { name: "Members" }).click();
  await ada.page.locator(".person").first().waitFor();
  await fits(ada, "members");
  await ada.page.getByRole("button", { name: "Close", exact: true }).first().click();
  for (const [button, field] of [["Room settings", "What it is about"], ["Search this room", "Words"]]) {
    await ada.page.getByRole("button", { name: button }).click();
    await ada.page.getByLabel(field).waitFor();
    await fits(ada, button);
    await ada.page.getByRole("button", { name: "Close", exact: true }).first().click();
  }
  await ada.page.evaluate(changeTopic, WORD.slice(0, 250));
  await ada.page.getByRole("button", { name: "Moderation log" }).click();
  await ada.page.locator(".log li").first().waitFor();
  await fits(ada, "the log");
  await ada.page.getByRole("button", { name: "Your settings" }).click();
  await ada.page.getByLabel("Name of the program").waitFor();
  await fits(ada, "one's settings");
  assert.deepEqual(ada.found, []);
  await leave(ada);
});

test("every other screen fits", LIMIT, async () => {
  const bob = await Person.visit(browser, server);
  const paths = { "/rooms": "All rooms", "/account": "Your account", "/no/such/thing": "There is nothing at this address", "/invite/no.such": "This invitation does not open a room" };
  for (const [path, heading] of Object.entries(paths)) {
    await bob.page.goto(`${server.url}${path}`);
    await bob.page.getByRole("heading", { name: heading }).waitFor();
    await fits(bob, path);
  }
  await bob.page.goto(server.url);
  await inRoom(bob, "lobby");
  await bob.page.locator("h1").first().evaluate((heading) => heading.ownerDocument.activeElement.blur());
  await bob.page.keyboard.press("?");
  await bob.page.getByRole("heading", { name: "Keys" }).waitFor();
  await fits(bob, "the keys");
  assert.deepEqual(bob.found, []);
  // The browser's own line about that invitation.
  bob.errors = bob.errors.filter((line) => !line.includes("status of 404"));
  await leave(bob);
});
