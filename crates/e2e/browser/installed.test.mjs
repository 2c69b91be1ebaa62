// The app that a browser keeps: it opens without its server and shows what was read last; it can be installed; a newer build is
// offered, and comes when the person says so.

import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server, root } from "./stage/server.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

// All of the app is on disk from here on.
const kept = (person) => person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

// Of which commit the page is that is shown.
const commit = (person) => person.page.evaluate(() => document.documentElement.dataset.commit);

test("without its server the app opens with what was read last, and sends what is written when the server is back", { timeout: 180_000 }, async () => {
  const server = await Server.start();
  try {
    const ada = await Person.visit(browser, server);
    await ada.write("read before the server went");
    await ada.seesSent(["read before the server went"]);
    await kept(ada);

    ada.serverMayBeDown = true;
    await server.kill();
    await ada.page.reload();
    await ada.page.locator("article.row[data-state=sent]", { hasText: "read before the server went" }).waitFor();
    await ada.write("written without a server");
    await ada.page.locator("article.row[data-state=waiting]", { hasText: "written without a server" }).waitFor();
    await ada.page.goto(`${server.url}/r/lobby`);
    await ada.page.locator("article.row[data-state=waiting]", { hasText: "written without a server" }).waitFor();

    await server.startAgain();
    await ada.seesSent(["read before the server went", "written without a server"]);
    ada.assertNoErrors();
    await ada.context.close();
  } finally {
    await server.stop();
  }
});

test("a browser finds nothing that keeps the app from being installed", { timeout: 120_000 }, async () => {
  const server = await Server.start();
  try {
    const ada = await Person.visit(browser, server);
    await kept(ada);
    const devtools = await ada.context.newCDPSession(ada.page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // A context of a test's own counts as incognito.
    assert.deepEqual(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito"), []);
    const { errors } = await devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    await ada.context.close();
  } finally {
    await server.stop();
  }
});

test("a newer build is offered, and is there after one click with nothing that was typed lost", { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "edgewise-build-"));
  cpSync(join(root, "frontend/dist"), folder, { recursive: true });
  const server = await Server.start({}, ["--app", folder]);
  try {
    const ada = await Person.visit(browser, server);
    await kept(ada);
    await ada.page.reload();
    await ada.composer.fill("half a thought");
    assert.equal(await ada.page.locator("#fresh").isVisible(), false);

    ada.serverMayBeDown = true;
    await server.kill();
    const page = join(folder, "index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace(/data-commit="[^"]*"/, 'data-commit="newer"'));
    appendFileSync(join(folder, "service.js"), "// another build\n");
    await server.startAgain();
    await ada.page.evaluate(async () => (await navigator.serviceWorker.ready).update());

    assert.notEqual(await commit(ada), "newer");
    const loaded = ada.page.waitForEvent("load");
    await ada.page.getByRole("button", { name: "Use it now" }).click();
    await loaded;
    await ada.composer.waitFor();
    assert.equal(await commit(ada), "newer");
    assert.equal(await ada.composer.inputValue(), "half a thought");
    assert.equal(await ada.page.locator("#fresh").isVisible(), false);
    ada.assertNoErrors();
    await ada.context.close();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
