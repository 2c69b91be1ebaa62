// People with a browser each: what they do on a page, and what they see there.
//
// They find things as a person would, by label and words; only a message's state is read from its data attribute.
// The invariant: whoever was there is asked in the end whether their console stayed empty, also where a test forgot to. What the content
// policy forbids, the console says too.

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

const everybody = [];
process.on("exit", () => {
  const said = everybody.flatMap((person) => person.errors);
  if (said.length === 0) return;
  console.error("the console has errors:", said);
  process.exitCode = 1;
});

export function openBrowser(words = []) {
  return chromium.launch({ executablePath: process.env.EDGEWISE_CHROME ?? "/usr/bin/chromium", args: [...QUIET, ...words] });
}

export class Person {
  // A first visit: a context of its own, so nothing is known of them. `context` is how their browser is set; whoever does not read
  // English finds the field to write in by the words of their language. `script` runs in the page before the app does.
  static async visit(browser, server, { route, context, script, composer = "Message #" } = {}) {
    return Person.#open(await browser.newContext(context), server, { route, script, composer });
  }

  // The same person in one more tab of the same browser.
  openTab() {
    return Person.#open(this.context, this.server, { composer: this.composerName });
  }

  static async #open(context, server, { route, script, composer }) {
    const person = new Person();
    person.composerName = composer;
    person.context = context;
    person.page = await context.newPage();
    person.page.setDefaultTimeout(30_000);
    person.server = server;
    person.errors = [];
    person.serverMayBeDown = false;
    everybody.push(person);
    // Of all their windows.
    person.context.on("console", (message) => message.type() === "error" && person.#note(message.text()));
    person.context.on("weberror", (error) => person.#note(String(error.error())));
    // Every message that was ever shown as sent, for comparing it with what is there in the end.
    await person.page.addInitScript(noteWhatIsShownAsSent);
    if (script) await person.page.addInitScript(script);
    if (route) await person.page.routeWebSocket(/\/socket/, route);
    await person.page.goto(server.url);
    await person.composer.waitFor();
    return person;
  }

  get composer() {
    return this.page.getByRole("textbox", { name: this.composerName });
  }

  // Says lines of the browser's own about a server that the test took down; everything else is the app's.
  #note(text) {
    const aboutTheServer = /net::ERR_(CONNECTION|EMPTY|SOCKET|INCOMPLETE|NETWORK|INTERNET)|WebSocket connection to .* failed/.test(text);
    if (!((this.serverMayBeDown || this.server.stopped) && aboutTheServer)) this.errors.push(text);
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
