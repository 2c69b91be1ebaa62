// What begins before the program is there: while its file is held back, the sign-in and the room's first words have come.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./stage/people.mjs";
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
