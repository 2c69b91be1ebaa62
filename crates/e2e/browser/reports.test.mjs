// What a page tells of itself: an error that nobody caught, and how the page fared. The server hands the one on to error tracking, which
// here is a receiver that parses envelopes, and counts the other.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { until } from "../observe/processes.mjs";
import { errorTracking } from "../observe/receivers.mjs";
import { Person, openBrowser } from "./stage/people.mjs";
import { Server } from "./stage/server.mjs";

const TOKEN = "a-token-of-this-test";

let browser, folder, tracking, server;
before(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), "edgewise-envelopes-"));
  tracking = await errorTracking(folder);
  server = await Server.start({ SENTRY_DSN: tracking.dsn, METRICS_TOKEN: TOKEN });
});
after(async () => {
  await browser.close();
  await server.stop();
  tracking.close();
  rmSync(folder, { recursive: true, force: true });
});

async function counted(name) {
  const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const lines = (await answer.text()).split("\n").filter((line) => line.split(/[{ ]/)[0] === name);
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

const said = (event) => event.exception.values.map(({ value }) => value).join();

test("an error that nobody caught is told once, with what happened before and without what was written", { timeout: 120_000 }, async () => {
  const ada = await Person.visit(browser, server);
  await ada.write("a private thought");
  await ada.seesSent(["a private thought"]);

  await ada.page.evaluate(() => {
    for (let time = 0; time < 3; time += 1) setTimeout(() => { throw new Error("thrown on purpose"); });
    Promise.reject(new Error("rejected on purpose"));
  });

  const find = (words) => until(words, () => tracking.events.find((event) => said(event).includes(words)));
  const [thrown, rejected] = [await find("thrown on purpose"), await find("rejected on purpose")];
  for (const event of [thrown, rejected]) {
    const text = JSON.stringify(event);
    assert.match(event.release, /^edgewise@/);
    assert.ok(text.includes('"send"'), "a breadcrumb says that something was sent");
    assert.ok(!text.includes("private thought"), "none says what");
  }
  assert.equal(tracking.events.filter((event) => said(event).includes("thrown on purpose")).length, 1);
  assert.deepEqual(tracking.faults, []);
  ada.errors = ada.errors.filter((error) => !error.includes("on purpose"));
  ada.assertNoErrors();
  await ada.context.close();
});

test("a page that is left tells how it fared", { timeout: 120_000 }, async () => {
  const names = ["page_load_seconds", "first_message_seconds", "ack_seconds", "delivery_seconds", "lcp_seconds", "inp_seconds"];
  const before = await Promise.all(names.map((name) => counted(`edgewise_client_${name}_count`)));
  const bob = await Person.visit(browser, server);
  await bob.write("one");
  await bob.page.locator("article.row[data-state=sent]", { hasText: "one" }).waitFor();
  await bob.page.locator("article.row").first().click();

  await bob.page.goto("about:blank");

  for (const [place, name] of names.entries()) {
    await until(`${name}, counted`, async () => (await counted(`edgewise_client_${name}_count`)) > before[place]);
  }
  bob.assertNoErrors();
  await bob.context.close();
});
