// `cargo xtask observe`: everything that lets somebody see how Edgewise is doing, at work at once on this machine, with the real Prometheus
// and Alertmanager, and with receivers that parse what they get.
//
//   node crates/e2e/observe/main.mjs FOLDER KEEPER        EDGEWISE_ROOT and EDGEWISE_CHROME are set by xtask
//
// Exit 0 only if all of it was seen. The scrape, the envelopes and what each program said stay in FOLDER.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, Person } from "../browser/stage/people.mjs";
import { configured, inScrape } from "./configured.mjs";
import { Guest, talk } from "./load.mjs";
import { start, until } from "./processes.mjs";
import { freePort, startAlertmanager, startPrometheus } from "./prometheus.mjs";
import { collector, errorTracking, webhook } from "./receivers.mjs";

const WITHIN_MS = 14 * 60_000;
const ROUNDS = 5;
const TOKEN = "a-token-of-this-run";
// It goes from the upgrade of the unlucky socket into log and error.
const REQUEST_ID = "observed-request";

const [folder, keeper] = process.argv.slice(2);
const root = process.env.EDGEWISE_ROOT;
setTimeout(() => fail(new Error(`not done within ${WITHIN_MS / 60_000} minutes.`)), WITHIN_MS).unref();

try {
  await observe();
  console.log(`all of it was seen; the scrape, the envelopes and the logs are in ${folder}`);
  process.exit(0);
} catch (error) {
  fail(error);
}

function fail(error) {
  console.error(`edgewise: ${error.message} What each program said is in ${folder}.`);
  process.exit(1);
}

async function observe() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const ends = { tracking: await errorTracking(join(folder, "envelopes")), logs: await collector(), webhook: await webhook() };
  const server = await startEdgewise(ends);
  const alertmanager = await startAlertmanager({ root, folder, webhook: ends.webhook.url });
  const prometheus = await startPrometheus({ root, folder, ...server, token: TOKEN, alertmanager: alertmanager.address });

  await scrapeIsGreen(prometheus);
  await rulesAreLoaded(prometheus);
  await loadIsCounted(server, prometheus);
  await workerReportsItsError(server, ends);
  await alertFires(prometheus, ends);
  await pageReports(server, prometheus, ends);
  await namesAreInTheScrape(server, prometheus);
  const faults = Object.values(ends).flatMap((end) => end.faults);
  if (faults.length > 0) throw new Error(`what was sent was not well formed: ${faults.join("; ")}.`);
}

function seen(what, detail) {
  console.log(`seen: ${what.padEnd(52)} ${detail}`);
}

// The Worker with faults, under the containers' keeper, so that its process is measured as in a container.
async function startEdgewise({ tracking, logs }) {
  const [port, measured] = [await freePort(), await freePort()];
  const words = ["ops/dev/serve.mjs", "--port", port, "--state", join(folder, "state"), "--worker", "worker/build-test", "--while-stdin-open"];
  const edgewise = start("Edgewise", keeper, ["run", "--metrics", `127.0.0.1:${measured}`, "--", process.execPath, ...words.map(String)], {
    log: join(folder, "edgewise.log"),
    env: { METRICS_TOKEN: TOKEN, SENTRY_DSN: tracking.dsn, SENTRY_ENVIRONMENT: "observe", LOG_LEVEL: "info", OTEL_EXPORTER_OTLP_ENDPOINT: logs.endpoint },
  });
  const url = `http://127.0.0.1:${port}`;
  await edgewise.ready(`${url}/readyz`);
  return { url, app: `127.0.0.1:${port}`, container: `127.0.0.1:${measured}` };
}

async function scrapeIsGreen(prometheus) {
  const targets = await until("a green scrape of every target", async () => {
    const targets = await prometheus.targets();
    return targets.length === 2 && targets.every(({ health }) => health === "up") && targets;
  });
  seen("the scrape is green", targets.map(({ labels }) => `${labels.job} ${labels.instance}`).join(", "));
}

async function rulesAreLoaded(prometheus) {
  const alerts = configured(root).alerts;
  const rules = await until("every rule, evaluated", async () => {
    const rules = await prometheus.rules();
    return rules.length > 0 && rules.every(({ health }) => health === "ok") && rules;
  });
  const missing = alerts.filter((name) => !rules.some((rule) => rule.name === name));
  if (missing.length > 0) throw new Error(`Prometheus has no rule ${missing.join(", ")}.`);
  seen("the rules are loaded and evaluated", `${rules.length} rules, ${alerts.length} of them alerts`);
}

async function loadIsCounted(server, prometheus) {
  const guests = await Promise.all(["Ada", "Bob", "Cem"].map((name) => Guest.enter(server.url, { name })));
  await talk(guests, ROUNDS);
  const stored = await until("the messages of the load, counted", async () => {
    const stored = await prometheus.value("edgewise_messages_total");
    return stored >= guests.length * ROUNDS && stored;
  });
  await until("its sockets, counted", async () => (await prometheus.value("edgewise_sockets_open")) === guests.length);
  seen("the load is counted", `${stored} messages, ${guests.length} sockets`);
  guests.forEach((guest) => guest.leave());
}

async function workerReportsItsError(server, { tracking, logs }) {
  const unlucky = await Guest.enter(server.url, { name: "Unlucky", requestId: REQUEST_ID });
  unlucky.send({ type: "fault", fault: "panic" });
  unlucky.send({ type: "send", id: "unlucky", text: "a private thought" });
  await until("the close of the socket whose turn panicked", () => unlucky.closed);
  const event = await until("the Worker's error in an envelope", () =>
    tracking.events.find(({ tags }) => tags?.request_id === REQUEST_ID),
  );
  if (!/^edgewise@/.test(event.release) || event.environment !== "observe" || !event.tags.route) {
    throw new Error("the Worker's error lacks release, environment or route.");
  }
  const { type, value, stacktrace } = event.exception.values.at(-1);
  const names = (stacktrace?.frames ?? []).map((frame) => frame.function ?? "");
  const named = names.filter((name) => name.includes("edgewise_worker::"));
  if (named.length === 0) throw new Error("no frame of the Worker's error has the name of a Rust function.");
  seen("the Worker reports its error", `${type}: ${value}, ${named.length} frames of ours by name, release ${event.release}`);
  const line = await until("the same request id in a log line", () => logs.lines.find((line) => line.request_id === REQUEST_ID && line.level === "error"));
  seen("one request id in log and error", `${REQUEST_ID}: ${line.level} "${line.message}", by OTLP`);
  if (JSON.stringify([tracking.events, logs.lines]).includes("private thought")) throw new Error("a message's text is in a log or an error.");
}

async function alertFires(prometheus, { webhook }) {
  const alert = await until("a firing alert", async () => (await prometheus.firing()).find(({ labels }) => labels.alertname === "TurnsFail"), 120_000);
  seen("an alert fires on purpose", `${alert.labels.alertname}: ${alert.annotations.summary}`);
  const told = await until("its notification", () => webhook.alerts.find(({ labels }) => labels.alertname === "TurnsFail"));
  seen("its notification is received", `severity ${told.labels.severity}, runbook ${told.annotations.runbook}`);
}

async function pageReports(server, prometheus, { tracking }) {
  const browser = await openBrowser();
  const person = await Person.visit(browser, { url: server.url });
  await person.write("from a page");
  await person.page.locator("article.row[data-state=sent]", { hasText: "from a page" }).waitFor();
  await person.page.evaluate(() => void setTimeout(() => { throw new Error("thrown on purpose"); }));
  const event = await until("the browser's error in an envelope", () => tracking.events.find((event) => JSON.stringify(event.exception).includes("thrown on purpose")));
  person.errors = person.errors.filter((error) => !error.includes("on purpose"));
  const crumbs = event.breadcrumbs?.values ?? event.breadcrumbs ?? [];
  if (crumbs.length === 0) throw new Error("the browser's error has no breadcrumbs.");
  if (JSON.stringify(event).includes("from a page")) throw new Error("what a person wrote is in the browser's error.");
  seen("a browser reports its error", `${event.exception.values.at(-1).value}, release ${event.release}, ${crumbs.length} breadcrumbs`);
  // Leaving the page sends what it measured.
  await person.page.goto("about:blank");
  await until("what the page measured, counted", async () => (await prometheus.value("edgewise_client_page_load_seconds_count")) >= 1);
  const acks = await prometheus.value("edgewise_client_ack_seconds_count");
  const deliveries = await prometheus.value("edgewise_client_delivery_seconds_count");
  seen("a page tells how it fared", `page load, ${acks} acks, ${deliveries} deliveries`);
  await browser.close();
}

async function namesAreInTheScrape(server, prometheus) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const texts = await Promise.all([fetch(`${server.url}/metrics`, { headers }), fetch(`http://${server.container}/metrics`)].map(async (asked) => (await asked).text()));
  writeFileSync(join(folder, "scrape.txt"), texts.join("\n"));
  const { metrics, queries } = configured(root);
  const { missing, excused } = inScrape(metrics, texts.join("\n"));
  if (missing.length > 0) throw new Error(`dashboards and rules name what the scrape lacks: ${missing.join(", ")}.`);
  for (const query of queries) await prometheus.query(query);
  const but = excused.length > 0 ? `, but ${excused.join(", ")}: this machine sets no limit` : "";
  seen("every metric of dashboards and rules is in the scrape", `${metrics.length} names${but}; ${queries.length} queries of dashboards run`);
}
