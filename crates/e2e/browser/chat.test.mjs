// Two people in two browsers, as they would use it: what each sees of the other, what a crash costs them (nothing), what
// a reload keeps. The console must stay free of errors throughout.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

async function inLobby(server) {
  const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
  await ada.rename("Ada");
  await bob.rename("Bob");
  return [ada, bob];
}

async function leave(...people) {
  for (const person of people) {
    person.assertNoErrors();
    await person.context.close();
  }
}

test("a first visit is in the lobby at once, under a guest name, without an error", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const guest = await Person.visit(browser, server);
    await guest.page.getByRole("heading", { name: "lobby" }).first().waitFor();
    await guest.seesInRoster("");
    await guest.write("hello from a guest");
    await guest.seesSent(["hello from a guest"]);
    await leave(guest);
  }),
);

test("two people see each other, who types, what is written and a new name", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = await inLobby(server);
    await ada.seesInRoster("Bob");
    await bob.seesInRoster("Ada");

    await ada.composer.pressSequentially("hel", { delay: 20 });
    await bob.sees("Ada is typing…");
    await ada.write("hello Bob");
    await bob.seesSent(["hello Bob"]);
    await bob.write("hello Ada");
    for (const person of [ada, bob]) await person.seesSent(["hello Bob", "hello Ada"]);
    assert.deepEqual(await ada.sentTexts(), ["hello Bob", "hello Ada"]);

    // What was written under the old name keeps it; who wrote it is seen under the new one from now on.
    const cem = await Person.visit(browser, server);
    await cem.rename("Cem");
    await bob.seesInRoster("Cem");
    await leave(ada, bob, cem);
  }),
);

test("after kill -9 both come back by themselves, and every message is there once and in order", { timeout: 240_000 }, () =>
  withServer(async (server) => {
    const people = await inLobby(server);
    // Only rows near the reader are drawn: a page as tall as this shows them all.
    for (const person of people) await person.page.setViewportSize({ width: 1280, height: 6_000 });
    const written = { Ada: [], Bob: [] };
    let writing = true;
    const writers = people.map(async (person, index) => {
      const name = ["Ada", "Bob"][index];
      while (writing) {
        const text = `${name} ${written[name].length + 1}`;
        await person.write(text);
        written[name].push(text);
        await person.page.waitForTimeout(100);
      }
    });

    await people[0].page.waitForFunction(() => window.everShownAsSent.size >= 10);
    for (const person of people) person.serverMayBeDown = true;
    await server.kill();
    const shownAsSent = await Promise.all(people.map((person) => person.everShownAsSent()));
    // They go on writing while it is down.
    const before = written.Ada.length;
    await people[0].page.waitForFunction((least) => document.querySelectorAll("article.row[data-state=waiting]").length >= least, 5);
    assert.ok(written.Ada.length > before, "nobody was kept from writing");
    await server.startAgain();
    writing = false;
    await Promise.all(writers);

    const all = [...written.Ada, ...written.Bob];
    for (const [index, person] of people.entries()) {
      await person.seesSent(all);
      for (const text of shownAsSent[index]) assert.ok(all.includes(text), `${text} was shown as sent and is there`);
    }
    const [one, two] = [await people[0].sentTexts(), await people[1].sentTexts()];
    assert.deepEqual(one, two, "both see the same order");
    for (const name of ["Ada", "Bob"]) {
      const own = one.filter((text) => text.startsWith(name));
      assert.deepEqual(own, written[name], `what ${name} wrote stands in the order in which it was written`);
    }
    await leave(...people);
  }),
);

test("a reload keeps what was not sent yet, and it goes out when the room is back", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    let reachable = true;
    const route = (socket) => (reachable ? void socket.connectToServer() : socket.close({ code: 1013 }));
    const ada = await Person.visit(browser, server, { route });
    await ada.write("before");
    await ada.seesSent(["before"]);

    reachable = false;
    await ada.page.reload();
    await ada.composer.waitFor();
    await ada.write("written while nobody listens");
    await ada.page.locator("article.row[data-state=waiting]", { hasText: "written while nobody listens" }).waitFor();
    await ada.page.reload();
    await ada.page.locator("article.row[data-state=waiting]", { hasText: "written while nobody listens" }).waitFor();
    assert.deepEqual((await ada.rows()).at(-1), { text: "written while nobody listens", state: "waiting" });

    // The page comes back by itself.
    reachable = true;
    await ada.seesSent(["before", "written while nobody listens"]);
    assert.deepEqual(await ada.sentTexts(), ["before", "written while nobody listens"]);
    await leave(ada);
  }),
);
