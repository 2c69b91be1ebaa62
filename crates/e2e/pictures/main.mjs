// The pictures of the README: the main screens of a real stack, in which a few people talk about a garden.
//
//   node crates/e2e/pictures/main.mjs FOLDER
//
// Not here: any test; what is looked at here is looked at by people.

import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { Person, openBrowser } from "../browser/stage/people.mjs";
import { Server } from "../browser/stage/server.mjs";
import { begin, talkLive } from "./talk.mjs";

const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5, colorScheme: "light", timezoneId: "Europe/Berlin", locale: "en-GB" };
const PHONE = { ...DESKTOP, viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: "dark", hasTouch: true, isMobile: true };
const QUALITY = 0.86;

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const server = await Server.start({ ADMIN_TOKEN: "of-these-pictures-alone" });
try {
  const [ada, bob, cem] = [await come("Ada", DESKTOP), await come("Bob", DESKTOP), await come("Cem", PHONE)];
  await begin(server, { ada, bob, cem });
  await talkLive({ ada, bob, cem });
  await main(ada, cem);
  await screens(ada);
} finally {
  await browser.close();
  await server.stop();
}

async function come(name, context) {
  const person = await Person.visit(browser, server, { context });
  const field = person.page.getByLabel("What should we call you?");
  await field.fill(name);
  await field.press("Enter");
  await field.waitFor({ state: "detached" });
  return person;
}

// The room, on three screens.
async function main(ada, cem) {
  await take(ada, "room-light");
  await ada.page.emulateMedia({ colorScheme: "dark" });
  await take(ada, "room-dark");
  await ada.page.emulateMedia({ colorScheme: "light" });
  await take(cem, "phone-dark");
}

// What stands beside it.
async function screens(ada) {
  await ada.page.getByRole("button", { name: "Search this room" }).click();
  await ada.page.getByRole("searchbox").fill("water");
  await ada.page.locator(".hits mark").first().waitFor();
  await take(ada, "search");
  await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("button", { name: "Members" }).click();
  await ada.page.locator(".person").nth(2).waitFor();
  await take(ada, "members");
  await ada.page.getByRole("button", { name: "Close", exact: true }).first().click();
  await ada.page.getByRole("button", { name: "Room settings" }).click();
  await ada.page.getByLabel("What it is about").waitFor();
  await take(ada, "settings");
}

async function take({ page }, name) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((moving) => moving.finished.catch(() => {}))));
  await page.mouse.move(0, 0);
  const bytes = await small(await page.screenshot({ caret: "hide" }));
  writeFileSync(join(folder, `${name}.webp`), bytes);
  console.log(`${name}.webp ${Math.round(bytes.length / 1024)} KiB`);
}

// A tenth of the bytes, and nothing of it is to be seen; the browser can write it by itself.
async function small(png) {
  const page = await browser.newPage();
  const address = await page.evaluate(
    async ({ data, quality }) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width, picture.height];
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return canvas.toDataURL("image/webp", quality);
    },
    { data: png.toString("base64"), quality: QUALITY },
  );
  await page.close();
  return Buffer.from(address.split(",")[1], "base64");
}
