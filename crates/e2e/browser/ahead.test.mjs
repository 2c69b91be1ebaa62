// What begins before the program is there: while its file is held back, the sign-in and the room's first words have come.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { withServer } from "./stage/rooms.mjs";

let browser;

before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

// Goes there with the program held back until the room has spoken; says which sockets were opened in all.
async function visitWithoutProgram(page, url) {
  const sockets = [];
  const spoken = new Promise((heard) =>
    page.on("websocket", (socket) => {
      sockets.push(new URL(socket.url()));
      socket.once("framereceived", heard);
    }),
  );
  await page.route("**/assets/app-*.wasm", async (route) => {
    await spoken;
    await route.continue();
  });
  await page.goto(url, { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "Message #" }).waitFor();
  await page.getByText("connected").waitFor({ state: "attached" });
  return sockets.filter((socket) => socket.pathname === "/api/rooms/lobby/socket");
}

test("the first visit's sign-in and the room's socket do not wait for the program, and it uses both", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    // A service worker would bring the program past the test's hands.
    const context = await browser.newContext({ serviceWorkers: "block" });
    const signIns = [];
    context.on("request", (request) => request.method() === "POST" && request.url().endsWith("/api/session") && signIns.push(request));
    const page = await context.newPage();

    const first = await visitWithoutProgram(page, server.url);
    assert.deepEqual(first.map((socket) => socket.search), [""], "one socket, opened by nobody twice");
    await page.getByRole("textbox", { name: "Message #" }).fill("hello");
    await page.keyboard.press("Enter");
    await page.locator("article.row[data-state=sent]", { hasText: "hello" }).waitFor();
    await page.close();

    const again = await visitWithoutProgram(await context.newPage(), server.url);
    assert.equal(again.length, 1, "one socket");
    assert.match(again[0].search, /^\?cursor=/, "it goes on where the reader was");
    assert.equal(signIns.length, 1, "who was signed in is not signed in again");
    await context.close();
  }),
);

const SAID = ["the first word", "<b>bold</b> & so on", "**strong** words, `code` and [a link](https://example.com/)", "the last word"];
const READ = SAID.with(2, "strong words, code and a link");

test("a first visit reads what was said last while the program is on its way, and sees it at every moment from then on", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    for (const text of SAID) await ada.write(text);
    await ada.seesSent(READ);

    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    let goOn;
    const held = new Promise((go) => (goOn = go));
    await page.route("**/assets/app-*.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(server.url, { waitUntil: "commit" });
    await page.locator(".early").waitFor();
    assert.deepEqual(await page.locator(".early .written").allTextContents(), READ);
    assert.equal(await page.locator(".early b").count(), 0, "a text is no element");
    assert.deepEqual(await page.locator(".early p > *").evaluateAll((marked) => marked.map(({ tagName }) => tagName)), ["STRONG", "CODE", "A"]);

    await page.evaluate(() => {
      window.painted = new Set();
      const look = () => {
        window.painted.add([".early", "article.row"].filter((there) => document.querySelector(there)).join());
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    goOn();
    await page.locator("article.row", { hasText: "the last word" }).waitFor();
    await page.locator(".early").waitFor({ state: "detached" });
    assert.deepEqual(await page.evaluate(() => [...window.painted]), [".early", "article.row"], "first these, then the program's, and never none");

    assert.equal(await page.evaluate(() => window.edgewiseAhead.drawn()), undefined, "nothing old is left to be shown later");
    await context.close();
  }),
);
