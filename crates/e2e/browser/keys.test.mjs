// Keys alone lead through everything that people do here, and wherever the keys are is seen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave, withServer } from "./stage/rooms.mjs";

// More stops than any screen here has: whoever has not arrived by then goes round in circles.
const STOPS = 120;
const LIMIT = { timeout: 300_000 };

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

// What has the keys, if that is not to be seen: no ring around it or around the field that it is in, or out of the window.
const unseen = ({ page }) =>
  page.evaluate(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) return null;
    const marked = (element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    };
    const box = active.getBoundingClientRect();
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const around = active.closest(".writing, .attach");
    return inside && (marked(active) || (around !== null && marked(around))) ? null : active.outerHTML.slice(0, 160);
  });

async function tabTo(person, place) {
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await place.evaluateAll((found) => found.includes(document.activeElement))) return;
    await person.page.keyboard.press("Tab");
    assert.equal(await unseen(person), null, "what has the keys is seen");
  }
  throw new Error(`no way by Tab to ${place}`);
}

async function press(person, name) {
  await tabTo(person, person.page.getByRole("button", { name, exact: true }));
  await person.page.keyboard.press("Enter");
}

async function fill(person, field, text) {
  await tabTo(person, field);
  await person.page.keyboard.type(text);
}

test("keys alone: a name, a message, a change, a reaction, an answer, a deletion that is thought better of, a search", LIMIT, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    const { page } = ada;
    await fill(ada, page.getByLabel("What should we call you?"), "Ada");
    await page.keyboard.press("Enter");
    await page.getByLabel("What should we call you?").waitFor({ state: "detached" });

    await fill(ada, ada.composer, "hello");
    await page.keyboard.press("Enter");
    await ada.seesSent(["hello"]);
    await page.keyboard.press("ArrowUp");
    await page.getByLabel("Change your message").waitFor();
    await page.keyboard.press("End");
    await page.keyboard.type(" there");
    await page.keyboard.press("Enter");
    await ada.seesSent(["hello there"]);

    await press(ada, "React");
    await press(ada, "React with thumbs up");
    await page.locator(".chip.mine").waitFor();
    await press(ada, "Reply");
    await page.getByText("Answering").waitFor();
    await fill(ada, ada.composer, "and more");
    await page.keyboard.press("Enter");
    await ada.seesSent(["hello there", "and more"]);
    await press(ada, "Delete");
    await press(ada, "Keep");

    await press(ada, "Search this room");
    await fill(ada, page.getByRole("searchbox"), "hello");
    await page.locator(".hits mark").waitFor();
    await tabTo(ada, page.locator(".hits a"));
    await page.keyboard.press("Enter");
    await page.locator("article.row:focus", { hasText: "hello there" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "In the room" }).waitFor();
    await leave(ada);
  }),
);

test("keys alone: a room, its settings, an invitation, a member who is muted, one's own settings, leaving", LIMIT, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    const { page } = ada;
    await bob.rename("Bob");
    await tabTo(ada, page.getByRole("link", { name: "Find or make a room" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "All rooms" }).waitFor();
    await fill(ada, page.getByLabel("Name", { exact: true }), "Garden plans");
    await press(ada, "Make the room");
    await page.getByText("Nobody has written here yet.").waitFor();
    await bob.page.goto(`${server.url}/r/garden-plans`);
    await ada.seesInRoster("Bob");

    await press(ada, "Room settings");
    await fill(ada, page.getByLabel("What it is about"), "beans");
    await page.keyboard.press("Enter");
    await page.getByText("The settings are saved.").waitFor();
    await page.keyboard.press("Escape");
    await press(ada, "Invite people");
    await press(ada, "Make a link");
    await page.getByLabel("Send them this link").waitFor();
    await page.locator("button:focus", { hasText: "Make a link" }).waitFor();
    await page.keyboard.press("Escape");

    await press(ada, "Members");
    await press(ada, "Change: what to do about Bob");
    await press(ada, "Mute");
    await fill(ada, page.getByLabel("Why"), "too loud");
    await page.keyboard.press("Enter");
    await page.locator(".person", { hasText: "Bob" }).getByText("muted until").waitFor();
    await page.keyboard.press("Escape");

    await tabTo(ada, page.getByRole("button", { name: "Your settings" }));
    await page.keyboard.press("Enter");
    await tabTo(ada, page.getByRole("radio", { name: "As the system has it" }));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.locator("html[data-theme=dark]").waitFor();
    await page.keyboard.press("Escape");

    await press(ada, "Keep in my rooms");
    await press(ada, "Leave this room");
    await press(ada, "Yes, leave");
    await page.getByRole("heading", { name: "lobby", ignoreCase: true, level: 1 }).waitFor();
    await leave(ada, bob);
  }),
);
