// The reader's language: the browser's, whole, also without a server; and dates in the reader's zone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server } from "./stage/server.mjs";
import { Tour } from "./stage/tour.mjs";
import { englishIn } from "./stage/words.mjs";

const GERMAN = { locale: "de-AT", timezoneId: "Europe/Vienna" };
const NEW_YORK = { locale: "en-US", timezoneId: "America/New_York" };

let browser, server;
before(async () => {
  browser = await openBrowser();
  server = await Server.start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

test("a browser that wants German gets German, and the words of no other language", { timeout: 120_000 }, async () => {
  const ada = await Person.visit(browser, server, { context: GERMAN, composer: "Nachricht an #" });
  await ada.page.getByRole("heading", { name: "Im Raum" }).waitFor({ state: "attached" });
  assert.equal(await ada.page.getAttribute("html", "lang"), "de-AT");
  assert.equal(await ada.page.locator("#broken-title").textContent(), "Etwas ist kaputtgegangen");
  await ada.write("hallo");
  await ada.seesSent(["hallo"]);
  await ada.page.getByText("gerade eben").first().waitFor();
  ada.assertNoErrors();
  await ada.context.close();
});

test("whoever reads German reads it without the server, too", { timeout: 120_000 }, async () => {
  const ada = await Person.visit(browser, server, { context: GERMAN, composer: "Nachricht an #" });
  const isKept = async () => {
    await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) {
      const kept = await (await caches.open(name)).keys();
      if (kept.some((request) => request.url.endsWith(".txt"))) return true;
    }
    return false;
  };
  await ada.page.waitForFunction(isKept);
  await ada.context.setOffline(true);
  ada.serverMayBeDown = true;
  await ada.page.reload();
  await ada.composer.waitFor();
  ada.assertNoErrors();
  await ada.context.close();
});

test("times are written as in the reader's zone and region", { timeout: 120_000 }, async () => {
  const [ada, bob] = [
    await Person.visit(browser, server, { context: GERMAN, composer: "Nachricht an #" }),
    await Person.visit(browser, server, { context: NEW_YORK }),
  ];
  const said = `at some time ${Date.now()}`;
  await ada.write(said);
  const shown = async ({ page }) => {
    const time = page.locator("article.row[data-state=sent]", { hasText: said }).locator("time");
    return { title: await time.getAttribute("title"), at: new Date(await time.getAttribute("datetime")) };
  };
  for (const [person, { locale, timezoneId }] of [[ada, GERMAN], [bob, NEW_YORK]]) {
    const { title, at } = await shown(person);
    const form = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: timezoneId });
    assert.equal(title, form.format(at));
    person.assertNoErrors();
  }
  await ada.context.close();
  await bob.context.close();
});

test("no screen has an English word for whoever reads German, offline neither", { timeout: 600_000 }, async () => {
  const found = [];
  const look = async ({ page }, where) => {
    for (const text of await englishIn(page, "de")) found.push(`${where}: ${text}`);
  };
  const tour = await Tour.begin(browser, server, { context: GERMAN, language: "de", look });
  await tour.everywhere();
  assert.deepEqual([...new Set(found)], []);
  await tour.end();
});

test("English on a German page is found", { timeout: 120_000 }, async () => {
  const ada = await Person.visit(browser, server, { context: NEW_YORK });
  const found = await englishIn(ada.page, "de");
  for (const text of ["What should we call you?", "Search this room", "Find or make a room"]) assert.ok(found.includes(text), `${text} in ${found}`);
  ada.assertNoErrors();
  await ada.context.close();
});

test("a language that was set is spoken from the next load on, whatever the browser wishes, until it is taken back", { timeout: 120_000 }, async () => {
  const ada = await Person.visit(browser, server, { context: NEW_YORK });
  await ada.composer.fill("half a thought");
  await ada.page.getByRole("button", { name: "Your settings" }).click();
  await ada.page.getByLabel("Deutsch").check();
  await ada.page.getByRole("button", { name: "Reload", exact: true }).click();
  const composer = ada.page.getByRole("textbox", { name: "Nachricht an #" });
  await composer.waitFor();
  assert.equal(await composer.inputValue(), "half a thought");
  await ada.page.getByRole("button", { name: "Deine Einstellungen" }).click();
  await ada.page.getByLabel("Wie der Browser es hat").check();
  await ada.page.getByRole("button", { name: "Neu laden", exact: true }).click();
  await ada.composer.waitFor();
  ada.assertNoErrors();
  await ada.context.close();
});
