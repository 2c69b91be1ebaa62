// A real Prometheus with the project's own rules, and a real Alertmanager that is started as its container starts it.

import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { start } from "./processes.mjs";

export async function startAlertmanager({ root, folder, webhook }) {
  const port = await freePort();
  const alertmanager = start("Alertmanager", join(root, "ops/observability/alertmanager/start.sh"), [
    `--storage.path=${join(folder, "alertmanager")}`, `--web.listen-address=127.0.0.1:${port}`, "--cluster.listen-address=",
  ], {
    log: join(folder, "alertmanager.log"),
    env: {
      ALERT_WEBHOOK_URL: webhook,
      ALERT_GROUP_WAIT: "1s",
      ALERTMANAGER: "prometheus-alertmanager",
      ALERTMANAGER_CONFIG: join(folder, "alertmanager.yml"),
    },
  });
  await alertmanager.ready(`http://127.0.0.1:${port}/-/ready`);
  return { address: `127.0.0.1:${port}` };
}

// The rules are the files that production has; only targets and intervals are this machine's.
export async function startPrometheus({ root, folder, app, container, token, alertmanager }) {
  const port = await freePort();
  const config = {
    global: { scrape_interval: "2s", evaluation_interval: "2s" },
    rule_files: [join(root, "ops/observability/prometheus/rules/*.yml")],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      { job_name: "edgewise", authorization: { credentials: token }, static_configs: [{ targets: [app], labels: { home: "here" } }] },
      { job_name: "container", static_configs: [{ targets: [container], labels: { home: "here" } }] },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config, null, 2));
  const running = start("Prometheus", "prometheus", [
    `--config.file=${join(folder, "prometheus.yml")}`, `--storage.tsdb.path=${join(folder, "prometheus")}`, `--web.listen-address=127.0.0.1:${port}`,
  ], { log: join(folder, "prometheus.log") });
  const prometheus = new Prometheus(`http://127.0.0.1:${port}`);
  await running.ready(`${prometheus.url}/-/ready`);
  return prometheus;
}

export class Prometheus {
  constructor(url) {
    this.url = url;
  }

  async #ask(path) {
    const answer = await (await fetch(`${this.url}/api/v1/${path}`)).json();
    if (answer.status !== "success") throw new Error(`Prometheus refused ${decodeURIComponent(path)}: ${answer.error}`);
    return answer.data;
  }

  async targets() {
    return (await this.#ask("targets?state=active")).activeTargets;
  }

  async rules() {
    return (await this.#ask("rules")).groups.flatMap((group) => group.rules);
  }

  async firing() {
    return (await this.#ask("alerts")).alerts.filter((alert) => alert.state === "firing");
  }

  // Series of the instant.
  async query(expression) {
    return (await this.#ask(`query?query=${encodeURIComponent(expression)}`)).result;
  }

  // The one value, or zero.
  async value(expression) {
    return Number((await this.query(`sum(${expression})`))[0]?.value[1] ?? 0);
  }
}

// Somebody else could take it before it is used; nobody here does.
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
