// Runs the peer in the same Miniflare and workerd as Edgewise, until standard input ends.
//
//   node_modules/.bin/node crates/bench/peer/serve.mjs --port P --state DIR

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import workerd from "workerd";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { port: { type: "string" }, state: { type: "string" }, "while-stdin-open": { type: "boolean" } },
});
process.env.EDGEWISE_WORKERD = workerd.default;
process.env.EDGEWISE_WORKERD_PID_FILE = join(resolve(values.state), "workerd.pid");
process.env.EDGEWISE_GUARD_FILE = "/dev/null";
process.env.MINIFLARE_WORKERD_PATH = resolve(here, "../../../ops/dev/workerd");

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    name: "peer",
    host: "127.0.0.1",
    port: Number(values.port),
    rootPath: here,
    modulesRoot: here,
    modules: [{ type: "ESModule", path: join(here, "chat.mjs") }],
    compatibilityDate: "2026-11-17",
    durableObjects: { CHAT: { className: "Chat", useSQLite: true } },
    resourcePersistencePath: values.state,
    cf: false,
  }),
);
process.stdin.on("end", async () => {
  await miniflare.dispose();
  process.exit(0);
});
process.stdin.resume();
const url = await miniflare.ready;
console.log(`ready ${url.origin}`);
