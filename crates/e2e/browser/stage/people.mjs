// People with a browser each: what they do on a page, and what they see there.
//
// They find things as a person would, by label and words; only a message's state is read from its data attribute.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

// Without these, Chromium asks its maker's servers for things that no test wants.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.EDGEWISE_CHROME ?? "/usr/bin/chromium", args: QUIET });
}

export class Person {
  // A first visit: a context of its own, so nothing is known of them.
  static async visit(browser, server, { route } = {}) {
    const person = new Person();
    person.context = await browser.newContext();
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(30_000);
    person.server = server;
    person.errors = [];
    person.serverMayBeDown = false;
    person.page.on("console", (message) => message.type() === "error" && person.#note(message.text()));
    person.page.on("pageerror", (error) => person.#note(String(error)));
    // Every message that was ever shown as sent, for comparing it with what is there in the end.
    await person.page.addInitScript(noteWhatIsShownAsSent);
    if (route) await person.page.routeWebSocket(/\/socket/, route);
    await person.page.goto(server.url);
    await person.composer.waitFor();
    return person;
  }

  get composer() {
    return this.page.getByRole("textbox", { name: "Message #" });
  }

  // Says lines of the browser's own about a server that the test took down; everything else is the app's.
  #note(text) {
    const aboutTheServer = /net::ERR_(CONNECTION|EMPTY|SOCKET|INCOMPLETE|NETWORK)|WebSocket connection to .* failed/.test(text);
    if (!(this.serverMayBeDown && aboutTheServer)) this.errors.push(text);
  }

  async write(text) {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async rename(name) {
    await this.page.getByLabel("What should we call you?").fill(name);
    await this.page.getByRole("button", { name: "Use this name" }).click();
    await this.sees(name);
  }

  async sees(text) {
    await this.page.getByText(text, { exact: true }).first().waitFor();
  }

  async seesInRoster(name) {
    await this.page.locator(".members .name", { hasText: name }).first().waitFor({ state: "attached" });
  }

  // What stands in the timeline, top to bottom.
  rows() {
    return this.page.locator("article.row").evaluateAll((rows) =>
      rows.map((row) => ({ text: row.querySelector(".written")?.textContent, state: row.dataset.state })),
    );
  }

  sentTexts() {
    return this.page.locator("article.row[data-state=sent] .written").allTextContents();
  }

  everShownAsSent() {
    return this.page.evaluate(() => [...window.everShownAsSent]);
  }

  // Waits until these texts, in any order, stand there as sent, each once, and nothing waits.
  async seesSent(texts) {
    const wanted = [...texts].sort();
    await this.page.waitForFunction(
      (wanted) => {
        const rows = [...document.querySelectorAll("article.row")];
        const sent = rows.filter((row) => row.dataset.state === "sent").map((row) => row.querySelector(".written")?.textContent);
        return rows.length === sent.length && JSON.stringify(sent.sort()) === JSON.stringify(wanted);
      },
      wanted,
      { timeout: 60_000 },
    );
  }

  assertNoErrors() {
    assert.deepEqual(this.errors, [], "the console has no errors");
  }
}

function noteWhatIsShownAsSent() {
  window.everShownAsSent = new Set();
  const look = () => {
    for (const row of document.querySelectorAll("article.row[data-state=sent] .written")) window.everShownAsSent.add(row.textContent);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}
