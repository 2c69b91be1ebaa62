// A page that stays open while 10 messages a second arrive holds no more after half an hour than after five minutes, or hardly.
//
// Counted after a collection that was forced: the script's heap, what lies outside it for it, and the program's own memory.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openBrowser } from "../browser/stage/people.mjs";
import { aLine, withLobby } from "./stage/lobby.mjs";

const A_SECOND = 10;
const MINUTE_MS = 60_000;
const FIRST_MINUTE = 5;
const LAST_MINUTE = 30;
const MAY_GROW = 1.1;

test(`memory at minute ${LAST_MINUTE} is at most ${MAY_GROW} times that at minute ${FIRST_MINUTE}`, { timeout: 40 * MINUTE_MS }, () =>
  withLobby(async (url, ada) => {
    const browser = await openBrowser();
    try {
      // Nothing of a test's own in the page: it would be counted.
      const page = await browser.newPage();
      const errors = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.addInitScript(keepProgramsMemory);
      await page.goto(url);
      await page.locator("article.row").first().waitFor();
      const tools = await page.context().newCDPSession(page);
      const held = new Map();
      const pace = await ada.talkDuring(A_SECOND, aLine, async () => {
        for (let minute = FIRST_MINUTE; minute <= LAST_MINUTE; minute += FIRST_MINUTE) {
          await setTimeout(FIRST_MINUTE * MINUTE_MS);
          held.set(minute, await memory(page, tools));
          console.log(`  minute ${minute}: ${mebibytes(held.get(minute))} MiB`);
        }
      });
      assert.ok(pace > A_SECOND * 0.95, `only ${pace} messages a second arrived`);
      assert.ok(held.get(LAST_MINUTE) <= held.get(FIRST_MINUTE) * MAY_GROW, "it grew");
      assert.deepEqual(errors, [], "the console has no errors");
    } finally {
      await browser.close();
    }
  }),
);

// In the page, before anything: the program's memory is its own affair, unless one watches it start.
function keepProgramsMemory() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const started = await instantiate(...given);
    window.programsMemory ??= started.exports.memory;
    return started;
  };
}

async function memory(page, tools) {
  // Twice: what the script lets go in the first lets go of elements only then.
  for (let time = 0; time < 2; time += 1) await tools.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0 } = await tools.send("Runtime.getHeapUsage");
  return usedSize + embedderHeapUsedSize + (await page.evaluate(() => window.programsMemory.buffer.byteLength));
}

const mebibytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);
