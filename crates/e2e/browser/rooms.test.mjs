// Finding, making and entering rooms, as people do it: by the list, by an invitation, by the address of a message.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { inRoom, leave, makeRoom, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

test("a room that one makes is found and joined by another, and back and forward lead between screens", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await makeRoom(ada, "Garden plans");
    assert.equal(new URL(ada.page.url()).pathname, "/r/garden-plans");
    await ada.write("beans or peas?");
    await ada.seesSent(["beans or peas?"]);

    await bob.page.getByRole("link", { name: "Find or make a room" }).click();
    await bob.page.getByLabel("Find a room").fill("garden");
    await bob.page.getByRole("button", { name: "Join Garden plans" }).click();
    await bob.seesSent(["beans or peas?"]);
    await bob.page.getByRole("navigation").getByRole("link", { name: "Garden plans" }).waitFor();

    await bob.page.goBack();
    await bob.page.getByRole("heading", { name: "All rooms" }).waitFor();
    await bob.page.goForward();
    await bob.seesSent(["beans or peas?"]);
    await leave(ada, bob);
  }),
);

test("an invitation opens a private room, once, and says so to whoever comes too late", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const people = [await Person.visit(browser, server), await Person.visit(browser, server), await Person.visit(browser, server)];
    const [ada, bob, cem] = people;
    await makeRoom(ada, "Secret garden", { hidden: true });
    await ada.page.getByRole("button", { name: "Invite people" }).click();
    await ada.page.getByRole("button", { name: "Make a link" }).click();
    const url = await ada.page.getByLabel("Send them this link").inputValue();

    await bob.page.goto(url);
    await inRoom(bob, "Secret garden");
    await cem.page.goto(url);
    await cem.page.getByRole("heading", { name: "This invitation does not open a room" }).waitFor();

    // The browser's own line about that answer.
    cem.errors = cem.errors.filter((line) => !line.includes("status of 410"));
    await leave(...people);
  }),
);

test("two people write to each other alone, and the room is called after the other in each one's list", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await ada.rename("Ada");
    await bob.rename("Bob");
    await ada.page.getByRole("button", { name: "Write to Bob alone" }).click();
    await inRoom(ada, "Bob");
    await ada.write("only for you");
    await ada.seesSent(["only for you"]);

    await bob.page.reload();
    await bob.page.getByRole("navigation").getByRole("link", { name: "Ada" }).click();
    await inRoom(bob, "Ada");
    await bob.seesSent(["only for you"]);
    await leave(ada, bob);
  }),
);

test("a room that one leaves is in one's list no more", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await makeRoom(ada, "Garden plans");
    await bob.page.goto(`${server.url}/r/garden-plans`);
    await bob.page.getByRole("button", { name: "Keep in my rooms" }).click();
    await bob.page.getByRole("button", { name: "Leave this room" }).click();
    await bob.page.getByRole("button", { name: "Yes, leave" }).click();
    await inRoom(bob, "Lobby");
    await bob.page.getByRole("navigation").getByRole("link", { name: "Garden plans" }).waitFor({ state: "detached" });
    await leave(ada, bob);
  }),
);

test("the address of a message far up leads to it, also before the room was ever open", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await makeRoom(ada, "Long tale");
    await ada.page.evaluate(async () => {
      for (let number = 1; number <= 150; number += 1) {
        const body = JSON.stringify({ id: `m${number}`, text: `line ${number}` });
        await fetch("/api/rooms/long-tale/messages", { method: "POST", headers: { "content-type": "application/json" }, body });
      }
    });

    const bob = await Person.visit(browser, server);
    await bob.page.goto(`${server.url}/r/long-tale/20`);
    await bob.page.locator("article.row[data-seq='20']:focus").getByText("line 20", { exact: true }).waitFor();

    // Each message's time is a link to it.
    const own = bob.page.locator("article.row[data-seq='21'] a").first();
    assert.equal(await own.getAttribute("href"), "/r/long-tale/21");
    await leave(ada, bob);
  }),
);
