// Writing on a real page: names and emoji that are completed, marks by keys that undo takes back, slow mode's countdown.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

function options(person) {
  return person.page.getByRole("option");
}

test("a name is completed by keys, and whom it calls sees that; emoji are completed from a table that nobody loads before", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await ada.rename("Ada Lovelace");
    await bob.rename("Bob");
    await bob.seesInRoster("Ada Lovelace");
    const tables = [];
    bob.page.on("request", (request) => request.url().endsWith("/emoji.txt") && tables.push(request.url()));

    await bob.composer.pressSequentially("hello @lov");
    await options(bob).getByText("Ada Lovelace").waitFor();
    assert.deepEqual(tables, []);
    await bob.composer.press("Tab");
    assert.equal(await bob.composer.inputValue(), "hello @Ada Lovelace ");
    await bob.composer.pressSequentially(":tad");
    await options(bob).first().getByText(":tada:").waitFor();
    await bob.composer.press("Enter");
    await bob.composer.pressSequentially("and :+1:");
    assert.equal(await bob.composer.inputValue(), "hello @Ada Lovelace 🎉 and 👍");
    assert.equal(tables.length, 1);
    await bob.composer.press("Enter");

    await ada.seesSent(["hello @Ada Lovelace 🎉 and 👍"]);
    await ada.page.locator("article.row.calls-me").waitFor();
    for (const person of [ada, bob]) {
      person.assertNoErrors();
      await person.context.close();
    }
  }),
);

test("marks come and go by keys, show how they will look, and undo takes them back", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await ada.composer.fill("say hello");
    await ada.composer.evaluate((field) => field.setSelectionRange(4, 9));
    await ada.composer.press("Control+b");
    assert.equal(await ada.composer.inputValue(), "say **hello**");
    await ada.page.getByRole("region", { name: "Preview" }).locator("strong", { hasText: "hello" }).waitFor();
    await ada.composer.press("Control+z");
    assert.equal(await ada.composer.inputValue(), "say hello");
    await ada.composer.evaluate((field) => field.setSelectionRange(4, 9));
    await ada.composer.press("Control+i");
    await ada.composer.press("Enter");
    await ada.page.locator("article.row[data-state=sent] .written em", { hasText: "hello" }).waitFor();
    assert.equal(await ada.page.locator(".preview").count(), 0);

    // What has been sent is changed in its place, with the same keys.
    await ada.composer.press("ArrowUp");
    const editor = ada.page.getByRole("textbox", { name: "Change your message" });
    assert.equal(await editor.inputValue(), "say *hello*");
    await editor.evaluate((field) => field.setSelectionRange(0, 3));
    await editor.press("Control+e");
    await editor.press("Enter");
    await ada.page.locator("article.row[data-state=sent] .written code", { hasText: "say" }).waitFor();
    ada.assertNoErrors();
    await ada.context.close();
  }),
);

test("in slow mode the page counts down, and what is written meanwhile goes out by itself", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    const room = await ada.page.evaluate(async () => {
      const ask = (method, address, body) =>
        fetch(address, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
      const made = await (await ask("POST", "/api/rooms", { title: "Slow", visibility: "public" })).json();
      await ask("PATCH", `/api/rooms/${made.room}`, { slow_mode_ms: 5_000 });
      return made.room;
    });
    await bob.page.goto(`${server.url}/r/${room}`);
    await bob.write("first");
    await bob.seesSent(["first"]);
    const timer = bob.page.getByRole("timer");
    await timer.waitFor();
    await bob.composer.pressSequentially("half a th");
    await timer.waitFor({ state: "detached" });
    await bob.page.keyboard.type("ought");
    assert.equal(await bob.composer.inputValue(), "half a thought", "the field stays while the countdown comes and goes");
    await bob.write("next");
    await timer.waitFor();
    assert.match(await timer.getAttribute("aria-label"), /^Slow mode: your next message goes out in [1-5] s\.$/);
    await bob.write("second");
    await bob.page.locator("article.row[data-state=waiting]", { hasText: "second" }).waitFor();
    await bob.seesSent(["first", "next", "second"]);
    await timer.waitFor({ state: "detached" });
    for (const person of [ada, bob]) {
      person.assertNoErrors();
      await person.context.close();
    }
  }),
);

test("what reads marks comes with the first of them, and until it is there they stand as they were typed", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    const { promise: wanted, resolve: goesOn } = Promise.withResolvers();
    let asked = 0;
    await bob.page.route(/split_marks/, async (route) => {
      asked += 1;
      await wanted;
      await route.continue();
    });
    const written = bob.page.locator("article.row[data-state=sent] .written");

    await ada.write("see https://example.org/a,\nor not");
    await written.locator("a", { hasText: "https://example.org/a" }).waitFor();
    assert.equal(asked, 0);
    await ada.write("say **hello**");
    await written.getByText("say **hello**").waitFor();
    assert.equal(asked, 1);
    goesOn();
    await written.locator("strong", { hasText: "hello" }).waitFor();
    assert.equal(asked, 1);
    await leave(ada, bob);
  }),
);
