// What dashboards and rules name: metrics, alerts, queries. Read from the files that production gets.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Absent by design where the machine sets no limit.
const EXCUSED = ["edgewise_container_memory_limit_bytes"];

export function configured(root) {
  const texts = (folder) => {
    const path = join(root, "ops/observability", folder);
    return readdirSync(path).map((file) => readFileSync(join(path, file), "utf8"));
  };
  const [rules, dashboards] = [texts("prometheus/rules"), texts("grafana/dashboards")];
  const names = [...rules, ...dashboards].flatMap((text) => text.match(/\b(?:edgewise|process)_[a-z0-9_]+/g) ?? []);
  return {
    metrics: [...new Set(names)].sort(),
    alerts: rules.flatMap((text) => [...text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)),
    queries: dashboards.flatMap(queriesOf),
  };
}

// As Grafana would ask, with its variables filled in.
function queriesOf(text) {
  const targets = JSON.parse(text).panels.flatMap((panel) => panel.targets ?? []);
  const asked = targets.filter(({ datasource }) => datasource.type === "prometheus").map(({ expr }) => expr);
  return asked.map((expression) => expression.replaceAll("$__rate_interval", "1m").replaceAll("$home", ".*"));
}

// Which of these have no sample in the text of a scrape.
export function inScrape(metrics, text) {
  const there = new Set(text.split("\n").map((line) => line.match(/^[a-zA-Z_:][a-zA-Z0-9_:]*/)?.[0]));
  const absent = metrics.filter((name) => !there.has(name));
  return { missing: absent.filter((name) => !EXCUSED.includes(name)), excused: absent.filter((name) => EXCUSED.includes(name)) };
}
