// One's own account on a real page: what one wrote is downloaded, then the account is deleted, after one question.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { leave, withServer } from "./stage/rooms.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

test("an account is deleted after one question, and whoever reads sees nobody's words where theirs were", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const [ada, bob] = [await Person.visit(browser, server), await Person.visit(browser, server)];
    await ada.rename("Ada");
    await ada.write("words that stay");
    await bob.seesSent(["words that stay"]);

    await ada.page.getByRole("button", { name: /Your settings/ }).click();
    await ada.page.getByRole("link", { name: "Your account" }).click();
    await ada.page.getByRole("heading", { name: "Your account" }).waitFor();
    const downloaded = ada.page.waitForEvent("download");
    await ada.page.getByRole("link", { name: "Download my data" }).click();
    assert.equal((await downloaded).suggestedFilename(), "edgewise.zip");

    await ada.page.getByRole("button", { name: "Delete my account" }).click();
    await ada.page.getByRole("button", { name: "Keep my account" }).click();
    await ada.page.getByLabel("They are deleted too").check();
    await ada.page.getByLabel("They stay, without my name").check();
    await ada.page.getByRole("button", { name: "Delete my account" }).click();
    await ada.page.getByRole("button", { name: "Yes, delete my account" }).click();
    await ada.page.getByRole("heading", { name: "Your account is deleted" }).waitFor();

    await bob.page.getByText("Deleted member", { exact: true }).first().waitFor();
    await bob.seesSent(["words that stay"]);
    assert.equal(await bob.page.locator("article.row", { hasText: "Ada" }).count(), 0);

    await ada.page.getByRole("button", { name: "Start anew" }).click();
    await ada.composer.waitFor();
    await ada.page.getByLabel("What should we call you?").waitFor();
    await leave(ada, bob);
  }),
);

test("the screen fits a small window, and nothing on it is too small to touch", { timeout: 120_000 }, () =>
  withServer(async (server) => {
    const context = { viewport: { width: 360, height: 740 }, colorScheme: "dark", hasTouch: true };
    const ada = await Person.visit(browser, server, { context });
    await ada.page.goto(`${server.url}/account`);
    await ada.page.getByRole("heading", { name: "Your account" }).waitFor();
    const [width, hits] = await ada.page.evaluate(() => [
      document.documentElement.scrollWidth,
      [...document.querySelectorAll(".account button, .account label")].map((one) => one.getBoundingClientRect().height),
    ]);
    assert.ok(width <= 360, `it is ${width} wide`);
    assert.ok(hits.length >= 3 && hits.every((height) => height >= 40), JSON.stringify(hits));
    await leave(ada);
  }),
);
