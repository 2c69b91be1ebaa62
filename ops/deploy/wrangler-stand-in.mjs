// Stands in for wrangler when a deploy is rehearsed: takes the same words, notes them, answers in the same shape, and fails where it is
// told to. It knows only what `cargo xtask deploy` asks of wrangler, and refuses anything else.
//
// EDGEWISE_STAND_IN is its part, as JSON: `calls`, the file for its notes; `running`, the version that runs everywhere, or null;
// `fails`, the calls that fail, as "deploy production"; `urls`, where each environment is reached once it is deployed.

import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";

const part = JSON.parse(process.env.EDGEWISE_STAND_IN);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    env: { type: "string" },
    name: { type: "string" },
    json: { type: "boolean" },
    message: { type: "string" },
    yes: { type: "boolean" },
    force: { type: "boolean" },
    "secrets-file": { type: "string" },
    "durable-objects-code-update-mode": { type: "string" },
  },
});

const answers = {
  "deployments status": () => {
    if (part.running === null) throw new Error("This Worker does not exist on your account. [code: 10007]");
    console.log(JSON.stringify({ id: "deployment", versions: [{ version_id: part.running, percentage: 100 }] }));
  },
  deploy: () => {
    const report = { type: "deploy", version: 1, version_id: "version-new", targets: [part.urls[values.env]] };
    appendFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, `${JSON.stringify(report)}\n`);
  },
  rollback: () => console.log(`Worker Version ${positionals[1]} has been deployed to 100% of traffic.`),
};

const command = positionals[0] === "deployments" ? positionals.slice(0, 2).join(" ") : positionals[0];
const call = [command, values.env, ...(command === "rollback" ? positionals.slice(1) : [])].join(" ");
const options = Object.keys(values).map((option) => `--${option}`);
appendFileSync(part.calls, `${JSON.stringify({ call, command, options })}\n`);

try {
  if (!answers[command]) throw new Error(`nobody asks wrangler for \`${command}\``);
  if (part.fails.includes(`${command} ${values.env}`)) throw new Error("A request to the Cloudflare API failed, as it was told to.");
  answers[command]();
} catch (error) {
  console.error(`✘ [ERROR] ${error.message}`);
  process.exit(1);
}
