// Runs the built Worker and frontend in Miniflare until it is told to stop: what production gets from wrangler.toml, with state on disk.
//
//   node_modules/.bin/node ops/dev/serve.mjs --port P --state DIR [--host 127.0.0.1] [--limits off] [--files room] [--worker DIR] [--app DIR] [--while-stdin-open]
//
// Port 0 takes a free one. Prints exactly one line on stdout, `ready http://127.0.0.1:P`; all else goes to stderr. It builds nothing.
// Invariant: workerd never outlives this process, not even when this process is killed with -9.

import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { openExport } from "./otlp.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

// What the Worker takes from the environment of this process, where it is set there: secrets and variables of a deployment.
const PASSED_ON = [
  "METRICS_TOKEN", "SENTRY_DSN", "SENTRY_ENVIRONMENT", "LOG_LEVEL", "GUESTS", "ACCESS_ISSUER", "ACCESS_AUDIENCE",
  "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "VAPID_KEY", "VAPID_CONTACT", "ADMIN_TOKEN",
];

// How long a workerd that was killed may take to let go of its files and its port.
const DYING_MS = 5_000;

try {
  const options = readOptions();
  const state = await prepareState(options.state);
  await refuseTakenPort(options);
  await serve(options, state);
} catch (error) {
  console.error(`edgewise: ${error.message}`);
  process.exit(1);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8787" },
      host: { type: "string", default: "127.0.0.1" },
      state: { type: "string", default: join(root, ".edgewise/state") },
      limits: { type: "string", default: "on" },
      files: { type: "string", default: "bucket" },
      worker: { type: "string", default: "worker/build" },
      app: { type: "string", default: "frontend/dist" },
      "while-stdin-open": { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is not a port: use 0 to 65535.`);
  if (!["on", "off"].includes(values.limits)) throw new Error(`--limits ${values.limits} is unknown: use on or off.`);
  if (!["bucket", "room"].includes(values.files)) throw new Error(`--files ${values.files} is unknown: use bucket or room.`);
  const script = resolve(root, values.worker, "index.js");
  if (!existsSync(script)) throw new Error(`${script} is missing: run \`cargo xtask build\` first.`);
  return { ...values, port, state: resolve(values.state), script, whileStdinOpen: values["while-stdin-open"] };
}

// The folder that holds everything that must survive a restart: objects' SQLite files and the key that signs session tokens.
async function prepareState(folder) {
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, "workerd.pid");
  const running = await outlasting(pidFile);
  if (running) throw new Error(`${folder} is in use by another server (process ${running}): stop it, or take another --state.`);
  const keyFile = join(folder, "session.key");
  if (!existsSync(keyFile)) writeFileSync(keyFile, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  return { folder, pidFile, sessionKey: readFileSync(keyFile, "utf8").trim() };
}

// A killed server leaves its file behind, process ids come around again, and a killed workerd takes a second or two to be gone: only
// one that is alive and stays so counts.
async function outlasting(pidFile) {
  const deadline = Date.now() + DYING_MS;
  while (runningWorkerd(pidFile)) {
    if (Date.now() > deadline) return runningWorkerd(pidFile);
    await setTimeout(50);
  }
  return undefined;
}

function runningWorkerd(pidFile) {
  if (!existsSync(pidFile)) return undefined;
  const pid = readFileSync(pidFile, "utf8").trim();
  const command = spawnSync("ps", ["-o", "comm=", "-p", pid], { encoding: "utf8" }).stdout ?? "";
  return command.includes("workerd") && !command.includes("defunct") ? pid : undefined;
}

// Miniflare would say so too, but only after the runtime has started, and in a paragraph.
async function refuseTakenPort({ port, host }) {
  const probe = createServer();
  await new Promise((free, taken) => {
    probe.once("error", (error) =>
      taken(new Error(error.code === "EADDRINUSE" ? `Port ${port} is taken: stop what listens there, or take another --port.` : error.message)),
    );
    probe.listen(port, host, free);
  });
  await new Promise((closed) => probe.close(closed));
}

async function serve(options, state) {
  const [{ Miniflare, Log, LogLevel, convertV4MiniflareOptions }, { unstable_getMiniflareWorkerOptions: readWrangler }, { default: { default: workerd } }] = await Promise.all([
    import("miniflare"),
    import("wrangler"),
    import("workerd"),
  ]);
  process.env.EDGEWISE_WORKERD = workerd;
  process.env.EDGEWISE_WORKERD_PID_FILE = state.pidFile;
  process.env.EDGEWISE_GUARD_FILE = join(state.folder, `workerd-of-${process.pid}.pid`);
  process.env.MINIFLARE_WORKERD_PATH = join(root, "ops/dev/workerd");
  endWorkerdAfterMe(process.env.EDGEWISE_GUARD_FILE);

  class StderrLog extends Log {
    log(message) {
      process.stderr.write(`${message}\n`);
    }
  }
  const lines = await openExport(process.env);
  const { workerOptions } = readWrangler(join(root, "wrangler.toml"));
  delete workerOptions.modulesRules;
  workerOptions.assets.directory = resolve(root, options.app);
  // As in a home that has no bucket: rooms keep files themselves.
  if (options.files === "room") delete workerOptions.r2Buckets;
  const folder = dirname(options.script);
  const miniflare = new Miniflare(
    // wrangler still speaks the shape of options of Miniflare 4.
    convertV4MiniflareOptions({
      ...workerOptions,
      name: "edgewise",
      host: options.host,
      port: options.port,
      rootPath: folder,
      modulesRoot: folder,
      modules: [
        { type: "ESModule", path: options.script },
        { type: "CompiledWasm", path: join(folder, "index_bg.wasm") },
      ],
      bindings: { ...workerOptions.bindings, ...passedOn(), SESSION_KEY: state.sessionKey, LIMITS: options.limits, EDGEWISE_HOME: "miniflare" },
      resourcePersistencePath: state.folder,
      cf: false,
      log: new StderrLog(LogLevel.WARN),
      handleStructuredLogs: ({ message }) => {
        process.stderr.write(`${message}\n`);
        lines.line(message);
      },
    }),
  );
  stopWhenTold(miniflare, lines, options);
  const url = await miniflare.ready;
  console.log(`ready http://127.0.0.1:${url.port}`);
}

function passedOn() {
  return Object.fromEntries(PASSED_ON.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
}

// A shell that waits on a pipe from this process: the pipe ends however this process ends. Its file is its own, since a new server may
// be up on the same state before this one's guard wakes.
function endWorkerdAfterMe(file) {
  const guard = spawn("sh", ["-c", 'read -r never; kill -9 "$(cat "$0")"; rm -f "$0"', file], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.unref();
  guard.stdin.unref();
}

function stopWhenTold(miniflare, lines, { whileStdinOpen }) {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await miniflare.dispose();
    await lines.end();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  if (whileStdinOpen) process.stdin.on("end", stop).resume();
}
