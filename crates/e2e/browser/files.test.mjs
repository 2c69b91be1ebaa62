// Files on a real page: chosen, pasted and dropped, on their way, taken back, shown to everybody, kept over a reload.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { withServer } from "./stage/rooms.mjs";

// A picture of 2 by 1 pixels.
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGP4z8DwH4QZYAwAR8oH+WdZbrcAAAAASUVORK5CYII=",
  "base64",
);

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

function tray(person) {
  return person.page.getByRole("list", { name: "Files of this message" });
}

function choose(person, ...files) {
  return person.page.getByLabel("Attach files").setInputFiles(files);
}

const picture = (name) => ({ name, mimeType: "image/png", buffer: DOT });
const text = (name, words = "some words") => ({ name, mimeType: "text/plain", buffer: Buffer.from(words) });

// A paste or a drop as the page hears of it, with a file in it.
function transfer(person, kind, name) {
  return person.page.evaluate(
    ({ kind, name }) => {
      const data = new DataTransfer();
      data.items.add(new File(["pasted or dropped"], name, { type: "text/plain" }));
      const more = { bubbles: true, cancelable: true };
      const place = document.querySelector(".composer textarea");
      const event = kind === "paste" ? new ClipboardEvent(kind, { clipboardData: data, ...more }) : new DragEvent(kind, { dataTransfer: data, ...more });
      return !place.dispatchEvent(event);
    },
    { kind, name },
  );
}

test("files that are chosen, pasted and dropped go with a message, and others see the picture and save the rest", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await choose(ada, picture("dot.png"), text("notes.txt"));
    assert.ok(await transfer(ada, "paste", "pasted.txt"), "the paste is the page's own");
    await transfer(ada, "dragover", "dropped.txt");
    await ada.page.getByText("Drop the files to put them into your message").waitFor();
    assert.ok(await transfer(ada, "drop", "dropped.txt"), "the browser does not open what is dropped");
    await tray(ada).locator(".there").nth(3).waitFor();
    await ada.write("four files");

    await tray(ada).waitFor({ state: "detached" });
    for (const person of [ada, bob]) {
      await person.seesSent(["four files"]);
      const shown = person.page.locator("article.row .files img");
      await shown.waitFor();
      await person.page.waitForFunction(() => document.querySelector("article.row .files img").naturalWidth === 2);
      assert.deepEqual(await person.page.locator("article.row .file bdi").allTextContents(), ["notes.txt", "pasted.txt", "dropped.txt"]);
      const place = await shown.evaluate((img) => ({ width: img.getAttribute("width"), height: img.getAttribute("height") }));
      assert.deepEqual(place, { width: "2", height: "1" });
    }
    const notes = await bob.page.evaluate(async () => {
      const link = [...document.querySelectorAll("a.file")].find((link) => link.textContent.includes("notes.txt"));
      return (await fetch(link.href)).text();
    });
    assert.equal(notes, "some words");
    for (const person of [ada, bob]) {
      person.assertNoErrors();
      await person.context.close();
    }
  }),
);

test("a file on its way shows how far it is, can be taken back, and holds its message until then", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    let let_go;
    const held = new Promise((resolve) => (let_go = resolve));
    await ada.page.route("**/files", async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await choose(ada, text("slow.txt"));
    await tray(ada).getByRole("progressbar", { name: "slow.txt is on its way" }).waitFor();
    await ada.write("with a file");
    assert.equal(await ada.page.getByRole("button", { name: "Send" }).isDisabled(), true);
    assert.equal(await ada.composer.inputValue(), "with a file", "nothing went, and nothing was lost");

    await tray(ada).getByRole("button", { name: "Take slow.txt out" }).click();
    await tray(ada).waitFor({ state: "detached" });
    await ada.composer.press("Enter");
    await ada.seesSent(["with a file"]);
    assert.equal(await ada.page.locator(".files").count(), 0);
    let_go();
    ada.assertNoErrors();
    await ada.context.close();
  }),
);

test("a file that cannot go says why, one that did not get there is tried again, and what is ready outlives a reload", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const ada = await Person.visit(browser, server);
    await choose(ada, text("empty.txt", ""));
    await tray(ada).getByText("There is nothing in it.").waitFor();
    await tray(ada).getByRole("button", { name: "Take empty.txt out" }).click();

    ada.serverMayBeDown = true;
    await ada.page.route("**/files", (route) => route.abort("connectionrefused"), { times: 1 });
    await choose(ada, picture("dot.png"));
    await tray(ada).getByText("Edgewise cannot be reached.").waitFor();
    await tray(ada).getByRole("button", { name: "Try again" }).click();
    await tray(ada).locator(".there").waitFor();
    ada.serverMayBeDown = false;

    await ada.composer.fill("half a thou");
    await ada.page.reload();
    await tray(ada).locator(".there").waitFor();
    await ada.composer.press("Enter");
    await ada.seesSent(["half a thou"]);
    await ada.page.locator("article.row .files img").waitFor();
    await ada.page.reload();
    await ada.seesSent(["half a thou"]);
    assert.equal(await tray(ada).count(), 0, "what was sent is no draft any more");
    ada.assertNoErrors();
    await ada.context.close();
  }),
);
