// For everybody: axe finds nothing on any screen, in light and dark, on a phone and in forced colours; what is new is read out, and
// one's own is not; from right to left and at twice the size nothing runs out of the window.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { violations } from "./stage/axe.mjs";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server } from "./stage/server.mjs";
import { Tour } from "./stage/tour.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const LIMIT = { timeout: 180_000 };
const TOUR = { timeout: 600_000 };

let browser, server;
before(async () => (browser = await openBrowser()));
after(() => browser.close());
// A room's address is taken but once.
beforeEach(async () => (server = await Server.start()));
afterEach(() => server.stop());

// What axe found on all screens of a person so far: a test goes on to the next screen, and says all at its end.
async function isClean(person, where) {
  person.found ??= [];
  for (const violation of await violations(person)) person.found.push(`${where}: ${violation}`);
}

const sideways = ({ page }) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function leave(...people) {
  for (const person of people) {
    assert.deepEqual(person.found ?? [], []);
    person.assertNoErrors();
    await person.context.close();
  }
}

// What can be pressed, but not wherever it is drawn: the window scrolls to no side.
const cutOff = ({ page }) =>
  page.evaluate(() => {
    const pressed = [...document.querySelectorAll("button, select, textarea, input, a")].filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.matches(".unseen *"));
    const boxes = pressed.map((element) => ({ element, box: element.getBoundingClientRect() }));
    // A hair less is the browser's rounding.
    const outside = boxes.filter(({ box }) => box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5));
    return outside.map(({ element, box }) => `${element.outerHTML.slice(0, 100)} stands from ${Math.round(box.left)} to ${Math.round(box.right)}`);
  });

// What a finger has to hit: on touch everything that is pressed is at least this high and wide, in pixels.
const FINGER = 40;

const tooSmall = ({ page }) =>
  page.evaluate((finger) => {
    const pressed = document.querySelectorAll("button, select, textarea, input:not([type=radio], [type=checkbox], [type=file]), label.tick, label.choice, label.attach, a.room");
    const boxes = [...pressed].map((element) => ({ element, box: element.getBoundingClientRect() }));
    // A hair less is the browser's rounding.
    const small = boxes.filter(({ box }) => box.width > 0 && (box.height < finger - 0.5 || box.width < finger - 0.5));
    const seen = small.filter(({ element }) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.matches(".unseen *"));
    return seen.map(({ element, box }) => `${element.outerHTML.slice(0, 100)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }, FINGER);

// In the page, before the app: its words stay as they are, and everything stands the other way round.
function fromRightToLeft() {
  new MutationObserver((_, seen) => {
    if (!document.documentElement) return;
    seen.disconnect();
    document.documentElement.dir = "rtl";
  }).observe(document, { childList: true });
}

const WINDOWS = [
  { name: "light", context: { colorScheme: "light" } },
  { name: "dark", context: { colorScheme: "dark" } },
  { name: "on a phone, dark", context: { ...PHONE, colorScheme: "dark" }, finger: true },
  { name: "on a phone, light, from right to left", context: { ...PHONE, colorScheme: "light" }, script: fromRightToLeft, finger: true },
  { name: "in forced colours", context: { forcedColors: "active" } },
  // 1280 pixels at twice the size are 640.
  { name: "at 200 %", context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } },
];

for (const { name, context, script, finger } of WINDOWS) {
  test(`axe finds nothing on any screen or state, and nothing runs out of the window (${name})`, TOUR, async () => {
    const found = [];
    const look = async (person, where) => {
      for (const violation of await violations(person)) found.push(`${where}: ${violation}`);
      if ((await sideways(person)) !== 0) found.push(`${where}: it is wider than the window`);
      for (const cut of await cutOff(person)) found.push(`${where}: ${cut}`);
      if (finger) for (const small of await tooSmall(person)) found.push(`${where}: ${small}`);
    };
    const tour = await Tour.begin(browser, server, { context, script, look });
    await tour.everywhere();
    assert.deepEqual([...new Set(found)], []);
    await tour.end();
  });
}

test("what is new is read out, and one's own is not", LIMIT, async () => {
  const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
  await ada.rename("Eve");
  const region = bob.page.locator("[aria-live=polite].unseen");
  await ada.write("first words");
  await bob.page.locator(".unseen", { hasText: "Eve: first words" }).waitFor({ state: "attached" });
  await bob.write("mine");
  await bob.page.locator("article.row[data-state=sent]", { hasText: "mine" }).waitFor();
  assert.equal(await region.textContent(), "Eve: first words");
  await leave(ada, bob);
});

test("a question mark outside a field shows the keys, Escape closes them, and in a field it is a letter", LIMIT, async () => {
  const ada = await Person.visit(browser, server);
  await ada.composer.focus();
  await ada.page.keyboard.press("?");
  assert.equal(await ada.composer.inputValue(), "?");
  await ada.composer.fill("");
  await ada.page.locator("h1").first().evaluate((heading) => (heading.ownerDocument.activeElement.blur(), heading));
  await ada.page.keyboard.press("?");
  const sheet = ada.page.getByRole("heading", { name: "Keys" });
  await sheet.waitFor();
  await isClean(ada, "the keys");
  await ada.page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await leave(ada);
});

test("from right to left, and at twice the size, nothing runs out of the window", LIMIT, async () => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 640, height: 400 }, { width: 360, height: 740 }]) {
    const ada = await Person.visit(browser, server, { context: { viewport } });
    await ada.write("words ".repeat(60));
    await ada.page.locator("article.row").first().waitFor();
    assert.equal(await sideways(ada), 0, `left to right at ${viewport.width}`);
    await ada.page.evaluate(() => (document.documentElement.dir = "rtl"));
    assert.equal(await sideways(ada), 0, `right to left at ${viewport.width}`);
    await isClean(ada, `right to left at ${viewport.width}`);
    await leave(ada);
  }
});

test("in forced colours every button is seen by its line", LIMIT, async () => {
  const ada = await Person.visit(browser, server, { context: { forcedColors: "active" } });
  await ada.composer.fill("a");
  const width = await ada.page.locator(".send").evaluate((button) => getComputedStyle(button).borderTopWidth);
  assert.notEqual(width, "0px");
  await leave(ada);
});
