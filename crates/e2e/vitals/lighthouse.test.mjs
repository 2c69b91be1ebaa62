// Lighthouse's own judgement of a first visit on its phone preset. The median of five: one run more or less is weather.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import lighthouse from "lighthouse";
import { openBrowser } from "../browser/stage/people.mjs";
import { median, withLobby } from "./stage/lobby.mjs";

const RUNS = 5;
const WANTED = { performance: 90, accessibility: 100, "best-practices": 100 };

test(`on Lighthouse's phone: ${JSON.stringify(WANTED)}`, { timeout: 600_000 }, () =>
  withLobby(async (url) => {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await judge(url));
    for (const [category, wanted] of Object.entries(WANTED)) {
      const scores = runs.map((run) => Math.round(run.categories[category].score * 100));
      console.log(`  ${category}: ${scores.join(", ")}`);
      const faults = Object.values(runs[0].audits).filter((audit) => audit.score !== null && audit.score < 0.9);
      assert.ok(median(scores) >= wanted, `${category} is ${scores}, wanted ${wanted}: ${faults.map((audit) => `${audit.id} ${audit.displayValue ?? ""}`).join("; ")}`);
    }
    for (const figure of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index", "cumulative-layout-shift"]) {
      console.log(`  ${figure}: ${runs.map((run) => run.audits[figure].displayValue).join(", ")}`);
    }
  }),
);

// A browser of its own each time, as a first visit has nothing from the one before.
async function judge(url) {
  const port = await freePort();
  const browser = await openBrowser([`--remote-debugging-port=${port}`]);
  try {
    const { lhr } = await lighthouse(url, { port, logLevel: "error", onlyCategories: Object.keys(WANTED) });
    return lhr;
  } finally {
    await browser.close();
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}
