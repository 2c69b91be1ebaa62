// The screens beside the timeline, as people use them: looking for messages, pins.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { fill, inRoom, leave, makeRoom, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

test("a word is found far up in the room, marked, and its line leads there", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await makeRoom(ada, "Long tale");
    const lines = Array.from({ length: 120 }, (_, number) => `line ${number + 1}`);
    lines[9] = "a heron stood by the water";
    await fill(ada, "long-tale", lines);

    const bob = await Person.visit(browser, server);
    await bob.page.goto(`${server.url}/r/long-tale`);
    await bob.page.getByRole("button", { name: "Search this room" }).click();
    await bob.page.getByLabel("Words").fill("HERON");
    await bob.page.locator(".hits mark", { hasText: "heron" }).click();
    await bob.page.locator("article.row:focus").getByText("a heron stood by the water", { exact: true }).waitFor();

    await bob.page.getByLabel("Words").fill("nobody wrote this");
    await bob.page.getByText("Nothing was found.").waitFor();
    await bob.page.keyboard.press("Escape");
    await bob.page.getByRole("heading", { name: "In the room" }).waitFor();
    await leave(ada, bob);
  }),
);

test("what an owner pins is listed for everybody, also when it is far up, until it is taken down", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await makeRoom(ada, "Long tale");
    await ada.write("read this first");
    await ada.seesSent(["read this first"]);
    await ada.page.locator("article.row").hover();
    await ada.page.getByRole("button", { name: "Pin to the room" }).click();
    await ada.page.getByRole("button", { name: "Pinned messages: 1" }).waitFor();
    await fill(ada, "long-tale", Array.from({ length: 120 }, (_, number) => `line ${number + 1}`));

    const bob = await Person.visit(browser, server);
    await bob.page.goto(`${server.url}/r/long-tale`);
    await bob.page.getByRole("button", { name: "Pinned messages: 1" }).click();
    await bob.page.locator(".hits").getByText("read this first").click();
    await bob.page.locator("article.row:focus").getByText("read this first", { exact: true }).waitFor();
    assert.equal(await bob.page.getByRole("button", { name: "Take down" }).count(), 0, "a member takes nothing down");

    await ada.page.getByRole("button", { name: "Pinned messages: 1" }).click();
    await ada.page.getByRole("button", { name: "Take down" }).click();
    await bob.page.getByText("Nothing is pinned here.").waitFor();
    await leave(ada, bob);
  }),
);

test("a member is muted with a reason, may not write, is let off and writes; the log has both", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await ada.rename("Ada");
    await bob.rename("Bob");
    await makeRoom(ada, "Garden plans");
    await bob.page.goto(`${server.url}/r/garden-plans`);
    await ada.seesInRoster("Bob");

    await ada.page.getByRole("button", { name: "Members" }).click();
    await ada.page.getByRole("button", { name: "What to do about Bob" }).click();
    await ada.page.getByRole("button", { name: "Mute", exact: true }).click();
    await ada.page.getByLabel("For how long").selectOption({ label: "1 day" });
    await ada.page.getByLabel("Why").fill("too loud");
    await ada.page.getByRole("button", { name: "Mute", exact: true }).click();
    await ada.page.locator(".person", { hasText: "Bob" }).getByText("muted until").waitFor();
    await bob.write("may I?");
    await bob.page.getByText("Not sent.").waitFor();

    await ada.page.getByRole("button", { name: "What to do about Bob" }).click();
    await ada.page.getByRole("button", { name: "Let write again" }).click();
    await ada.page.locator(".person", { hasText: "Bob" }).getByText("muted until").waitFor({ state: "detached" });
    await bob.page.getByRole("button", { name: "Try again" }).click();
    await ada.seesSent(["may I?"]);

    await ada.page.getByRole("button", { name: "Close", exact: true }).first().click();
    await ada.page.getByRole("button", { name: "Moderation log" }).click();
    await ada.page.locator(".log li", { hasText: "lets Bob write again." }).waitFor();
    await ada.page.locator(".log li", { hasText: "muted Bob until" }).getByText("too loud").waitFor();
    await leave(ada, bob);
  }),
);

test("a room is handed over: the new owner may end it, and whoever stepped down may not", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await ada.rename("Ada");
    await bob.rename("Bob");
    await makeRoom(ada, "Garden plans");
    await bob.page.goto(`${server.url}/r/garden-plans`);
    await ada.seesInRoster("Bob");

    await ada.page.getByRole("button", { name: "Room settings" }).click();
    await ada.page.getByRole("button", { name: "Open the members" }).click();
    for (const [whom, deed] of [["Bob", "Make owner"], ["Ada", "Step down to member"]]) {
      await ada.page.getByRole("button", { name: `What to do about ${whom}` }).click();
      await ada.page.getByRole("button", { name: deed }).click();
      await ada.page.locator("form").getByRole("button", { name: deed }).click();
    }
    await ada.page.getByRole("button", { name: "What to do about" }).first().waitFor({ state: "detached" });

    await bob.page.getByRole("button", { name: "Room settings" }).click();
    await bob.page.getByRole("button", { name: "Delete this room" }).click();
    await bob.page.getByLabel("Type its name").fill("Garden plans");
    await bob.page.getByRole("button", { name: "Delete for good" }).click();
    await inRoom(bob, "Lobby");
    await ada.page.getByText("There is no room at this address.").first().waitFor();
    await leave(ada, bob);
  }),
);

test("settings that an owner saves are everybody's at once, and what is typed stays while the room goes on", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await makeRoom(ada, "Garden plans");
    await bob.page.goto(`${server.url}/r/garden-plans`);
    await ada.page.getByRole("button", { name: "Room settings" }).click();
    await ada.page.getByLabel("What it is about").fill("beans, peas");
    await bob.write("hello");
    await ada.sees("hello");
    assert.equal(await ada.page.getByLabel("What it is about").inputValue(), "beans, peas");
    await ada.page.getByLabel("Who may write").selectOption({ label: "Moderators and owners" });
    await ada.page.getByRole("button", { name: "Save" }).click();
    await ada.page.getByText("The settings are saved.").waitFor();
    await bob.page.locator(".topic", { hasText: "beans, peas" }).waitFor();
    await leave(ada, bob);
  }),
);

test("an invitation is shown as a code, and opens nothing once it was taken back", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await makeRoom(ada, "Secret garden", { hidden: true });
    await ada.page.getByRole("button", { name: "Invite people" }).click();
    await ada.page.getByRole("button", { name: "Make a link" }).click();
    const url = await ada.page.getByLabel("Send them this link").inputValue();
    await ada.page.getByRole("img", { name: "The link as a QR code" }).waitFor();
    await ada.page.getByRole("button", { name: "Take it back" }).click();
    await ada.page.getByText("The link opens nothing any more.").waitFor();

    await bob.page.goto(url);
    await bob.page.getByRole("heading", { name: "This invitation does not open a room" }).waitFor();
    bob.errors = bob.errors.filter((line) => !line.includes("status of 410"));
    await leave(ada, bob);
  }),
);

test("a theme that was chosen outlives the page, and a token is shown once and taken back", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    const ground = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await ada.page.getByRole("button", { name: "Your settings" }).click();
    await ada.page.getByLabel("Dark").check();
    assert.notEqual(await ground(), light);
    await ada.page.reload();
    await ada.composer.waitFor();
    assert.notEqual(await ground(), light);

    await ada.page.getByRole("button", { name: "Your settings" }).click();
    await ada.page.getByLabel("Name of the program").fill("weather");
    await ada.page.getByRole("button", { name: "Make a token" }).click();
    assert.match(await ada.page.getByLabel("The token: it is shown this once").inputValue(), /^\S{20,}$/);
    await ada.page.getByRole("button", { name: "Take back weather" }).click();
    await ada.page.getByRole("button", { name: "Yes, end it" }).click();
    await ada.page.getByRole("button", { name: "Take back weather" }).waitFor({ state: "detached" });

    await ada.page.getByRole("button", { name: "Sign out of this browser" }).click();
    await Promise.all([ada.page.waitForEvent("load"), ada.page.getByRole("button", { name: "Sign out", exact: true }).click()]);
    await ada.composer.waitFor();
    await leave(ada);
  }),
);
