// Several tabs of one member in one browser share one outbox: what one has yet to send is shown in all, is taken over from a tab
// that goes, and is there once. And what nobody can keep on disk is said, and sent all the same.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const waiting = (person, text) => person.page.locator("article.row[data-state=waiting]", { hasText: text }).waitFor();

test("with the server down two tabs are written in, both are loaded again and one is closed: everything is there, once", { timeout: 240_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await ada.write("before");
    await ada.seesSent(["before"]);
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const second = await ada.openTab();
    await second.seesSent(["before"]);

    for (const tab of [ada, second]) tab.serverMayBeDown = true;
    await server.kill();
    const written = [];
    for (const number of [1, 2, 3]) {
      for (const [tab, name] of [[ada, "first"], [second, "second"]]) {
        const text = `${name} tab ${number}`;
        await tab.write(text);
        written.push(text);
      }
    }
    const allWait = async (tab) => {
      for (const text of written) await waiting(tab, text);
    };
    // Each shows what both have to send, before a reload and after it.
    for (const tab of [ada, second]) await allWait(tab);
    await Promise.all([ada.page.reload(), second.page.reload()]);
    for (const tab of [ada, second]) await allWait(tab);

    await ada.page.close();
    await allWait(second);
    await server.startAgain();
    await second.seesSent(["before", ...written]);
    for (const name of ["first", "second"]) {
      const own = (await second.sentTexts()).filter((text) => text.startsWith(name));
      assert.deepEqual(own, [1, 2, 3].map((number) => `${name} tab ${number}`), "each tab's stand in the order in which they were written");
    }

    // The room has them once, too: somebody who comes now sees the same.
    const bob = await Person.visit(browser, server);
    await bob.seesSent(["before", ...written]);
    ada.assertNoErrors();
    await leave(second, bob);
  }),
);

test("what is written in one tab is in the other once, as waiting or as sent", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    const second = await ada.openTab();
    // A row for each text, at every moment: never an echo beside its message.
    await second.page.evaluate(() => {
      window.shownTwice = [];
      new MutationObserver(() => {
        const texts = [...document.querySelectorAll("article.row .written")].map((row) => row.textContent);
        window.shownTwice.push(...texts.filter((text, at) => texts.indexOf(text) !== at));
      }).observe(document, { subtree: true, childList: true });
    });
    const written = Array.from({ length: 10 }, (_, number) => `line ${number}`);
    for (const text of written) await ada.write(text);
    await second.seesSent(written);
    await ada.seesSent(written);
    assert.deepEqual(await second.page.evaluate(() => window.shownTwice), []);
    ada.assertNoErrors();
    await leave(second);
  }),
);

const SAYS_SO = "This browser keeps nothing for us on disk. Leave the page open until everything you wrote is sent.";

test("where the browser refuses its database the page says so, and what is written goes out all the same", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server, {
      script: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("refused", "SecurityError");
        };
      },
    });
    await ada.sees(SAYS_SO);
    // A browser that is still fetching the service worker's script says more of a server that is gone.
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    ada.serverMayBeDown = true;
    await server.kill();
    await ada.write("kept in memory");
    await waiting(ada, "kept in memory");
    await server.startAgain();
    await ada.seesSent(["kept in memory"]);
    await leave(ada);
  }),
);

test("a full disk is said, and when there is space again everything that waits is on it", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server, {
      script: () => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...row) {
          if (window.diskIsFull) throw new DOMException("full", "QuotaExceededError");
          return put.apply(this, row);
        };
      },
    });
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    ada.serverMayBeDown = true;
    await server.kill();
    await ada.page.evaluate(() => (window.diskIsFull = true));
    await ada.write("no space for this");
    await ada.sees(SAYS_SO);
    await waiting(ada, "no space for this");

    await ada.page.evaluate(() => (window.diskIsFull = false));
    await ada.write("space again");
    await ada.page.getByText(SAYS_SO).waitFor({ state: "detached" });
    await ada.page.reload();
    for (const text of ["no space for this", "space again"]) await waiting(ada, text);
    await server.startAgain();
    await ada.seesSent(["no space for this", "space again"]);
    await leave(ada);
  }),
);
