// What waits for a room that is not open any more goes out from wherever the page is, once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { inRoom, leave, makeRoom, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const waiting = (person, text) => person.page.locator("article.row[data-state=waiting]", { hasText: text }).waitFor();

// Ada is in a room of hers, and what the program needs without a network is kept.
async function inTheGarden(server) {
  const ada = await Person.visit(browser, server);
  await makeRoom(ada, "Garden");
  await ada.write("before");
  await ada.seesSent(["before"]);
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  ada.serverMayBeDown = true;
  return ada;
}

// Somebody else looks at the room: so it is not its author's page that says that it is there.
async function seenByAnother(server, texts) {
  const bob = await Person.visit(browser, server);
  await bob.page.goto(`${server.url}/r/garden`);
  await bob.seesSent(texts);
  return bob;
}

test("what is written while the server is down goes out after its author has gone to another room, once", { timeout: 240_000 }, () =>
  withServer(async (server) => {
    const ada = await inTheGarden(server);
    await server.kill();
    for (const text of ["first", "second"]) {
      await ada.write(text);
      await waiting(ada, text);
    }
    await ada.page.getByRole("link", { name: "lobby" }).click();
    await inRoom(ada, "lobby");

    await server.startAgain();
    const bob = await seenByAnother(server, ["before", "first", "second"]);
    assert.deepEqual((await bob.sentTexts()).slice(1), ["first", "second"], "in the order in which they were written");
    assert.equal(new URL(ada.page.url()).pathname, "/", "nobody has opened the room");

    await ada.page.goto(`${server.url}/r/garden`);
    await ada.seesSent(["before", "first", "second"]);
    await leave(ada, bob);
  }),
);
