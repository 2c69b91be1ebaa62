// The tab's picture says from afar whether something is unread, and whether it is for the reader; it is a file, so the policy that allows no other pictures stands.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { inRoom, leave, makeRoom, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

async function shows({ page }, name) {
  await page.waitForFunction((name) => document.querySelector("link[rel=icon]").getAttribute("href") === `/${name}.svg`, name);
  const isDrawn = await page.evaluate(async () => {
    const picture = new Image();
    picture.src = document.querySelector("link[rel=icon]").href;
    await picture.decode();
    return picture.width > 0;
  });
  assert.ok(isDrawn, `${name} is a picture that may be shown`);
}

test("the tab's picture shows what is unread elsewhere, then what is for me, and nothing once it is read", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await bob.rename("Bob");
    await ada.rename("Ada");
    await makeRoom(ada, "Garden plans");
    await bob.page.getByRole("link", { name: "Find or make a room" }).click();
    await bob.page.getByRole("button", { name: "Join Garden plans" }).click();
    // Whoever has written in a room can be called there.
    await bob.write("here I am");
    await ada.seesSent(["here I am"]);
    await shows(bob, "favicon");
    await bob.page.getByRole("navigation").getByRole("link", { name: "lobby" }).click();
    await inRoom(bob, "lobby");
    // The list of rooms is asked for whenever its reader comes back to the page.
    const comeBack = () => bob.page.evaluate(() => window.dispatchEvent(new Event("focus")));

    await ada.write("is anybody here?");
    await ada.seesSent(["here I am", "is anybody here?"]);
    await comeBack();
    await shows(bob, "favicon-unread");

    await ada.write("@Bob, are you?");
    await ada.seesSent(["here I am", "is anybody here?", "@Bob, are you?"]);
    await comeBack();
    await shows(bob, "favicon-for-me");
    await bob.page.getByRole("link", { name: "Find or make a room" }).click();
    await bob.page.getByRole("heading", { name: "All rooms" }).waitFor();
    await shows(bob, "favicon-for-me");

    await bob.page.getByRole("navigation").getByRole("link", { name: "Garden plans" }).click();
    await bob.sees("is anybody here?");
    await shows(bob, "favicon");
    await leave(ada, bob);
  }),
);
