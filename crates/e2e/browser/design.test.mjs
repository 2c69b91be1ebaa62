// The page of every component: axe finds nothing on it in light and dark, nothing runs out of a window of any width, and its chunk is loaded by nobody else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./stage/axe.mjs";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave } from "./stage/rooms.mjs";
import { Server } from "./stage/server.mjs";

const LIMIT = { timeout: 180_000 };
const WIDTHS = [360, 640, 768, 1024, 1280, 1920];

let browser, server;
before(async () => {
  browser = await openBrowser();
  server = await Server.start();
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function atDesign(context) {
  const ada = await Person.visit(browser, server, { context });
  await ada.page.goto(`${server.url}/design`);
  await ada.page.getByRole("heading", { name: "Beside the timeline" }).waitFor();
  return ada;
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on it (${colorScheme})`, LIMIT, async () => {
    const ada = await atDesign({ colorScheme });
    assert.deepEqual(await violations(ada), []);
    await leave(ada);
  });
}

test("it fits windows of every width, from its top to its end", LIMIT, async () => {
  const ada = await atDesign();
  for (const width of WIDTHS) {
    await ada.page.setViewportSize({ width, height: 800 });
    const wide = await ada.page.evaluate(() => {
      const screen = document.querySelector(".screen");
      const over = (element) => element.scrollWidth - element.clientWidth;
      return { page: over(document.documentElement), screen: over(screen), at: screen.scrollTop };
    });
    assert.deepEqual(wide, { page: 0, screen: 0, at: 0 }, `at ${width}`);
  }
  await leave(ada);
});

test("its theme is changed on it, and its code comes with it alone", LIMIT, async () => {
  const ada = await Person.visit(browser, server);
  const chunks = () => ada.page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("design")).length);
  assert.equal(await chunks(), 0);
  await ada.page.goto(`${server.url}/design`);
  const ground = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await ada.page.getByRole("button", { name: "dark" }).click();
  assert.notEqual(await ground(), light);
  assert.equal(await chunks(), 1);
  await leave(ada);
});
