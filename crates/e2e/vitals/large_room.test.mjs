// What scrolling through a room of 100,000 messages costs the page's main thread.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fillLargeRoom, scrollThrough } from "../browser/stage/large_room.mjs";
import { Person, openBrowser } from "../browser/stage/people.mjs";
import { Server } from "../browser/stage/server.mjs";
import { traced } from "./stage/cost.mjs";
import { median } from "./stage/lobby.mjs";

const PASSES = 5;
const SCRIPT_MS = 8;
const TASK_MS = 50;

test(`scrolling takes at most ${SCRIPT_MS} ms of script a frame, and no task over ${TASK_MS} ms`, { timeout: 600_000 }, async () => {
  const browser = await openBrowser();
  const server = await Server.start();
  try {
    const reader = await Person.visit(browser, server);
    await reader.page.goto(`${server.url}/r/${await fillLargeRoom(reader)}`);
    await reader.page.locator("article[data-seq]").first().waitFor();
    const costs = [];
    for (let pass = 0; pass < PASSES; pass += 1) costs.push(await traced(browser, reader.page, () => scrollThrough(reader)));
    for (const { frames, script, longestTask } of costs) {
      console.log(`  ${frames} frames, script p50 ${script.p50} ms, p95 ${script.p95} ms; longest task ${longestTask} ms`);
      assert.ok(frames > 100, `only ${frames} frames were drawn`);
    }
    const script = median(costs.map((cost) => cost.script.p50));
    const longest = median(costs.map((cost) => cost.longestTask));
    assert.ok(script <= SCRIPT_MS, `a frame takes ${script} ms of script`);
    assert.ok(longest <= TASK_MS, `a task takes ${longest} ms`);
    reader.assertNoErrors();
  } finally {
    await server.stop();
    await browser.close();
  }
});
