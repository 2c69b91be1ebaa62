// A server of a test's own, with new state on a free port, that can be killed as a power cut would and started again.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = process.env.EDGEWISE_ROOT ?? resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

export class Server {
  // `environment` is added to this process's own, `words` to what ops/dev/serve.mjs is told.
  static async start(environment = {}, words = []) {
    const server = new Server();
    server.words = words;
    server.environment = environment;
    server.state = mkdtempSync(join(tmpdir(), "edgewise-browser-"));
    await server.run(0);
    return server;
  }

  // Its input is a pipe from here: it ends when this process does, however that ends.
  async run(port) {
    const script = join(root, "ops/dev/serve.mjs");
    const words = ["--port", String(port), "--state", this.state, "--limits", "off", "--while-stdin-open", ...this.words];
    const program = join(root, "node_modules/.bin/node");
    this.process = spawn(program, [script, ...words], { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...this.environment } });
    this.process.stdin.on("error", () => {});
    let said = "";
    this.process.stderr.on("data", (bytes) => (said += bytes));
    this.url = await new Promise((ready, failed) => {
      const lines = createInterface({ input: this.process.stdout });
      lines.on("line", (line) => line.startsWith("ready ") && ready(line.slice("ready ".length)));
      this.process.once("exit", (code) => failed(new Error(`the server ended with ${code} before it was ready:\n${said}`)));
    });
  }

  // workerd first: nobody gets to say goodbye or to write what it had in mind.
  async kill() {
    const gone = new Promise((exited) => this.process.once("exit", exited));
    process.kill(Number(readFileSync(join(this.state, "workerd.pid"), "utf8")), "SIGKILL");
    this.process.kill("SIGKILL");
    await gone;
  }

  async startAgain() {
    await this.run(new URL(this.url).port);
  }

  async stop() {
    this.stopped = true;
    const gone = new Promise((exited) => this.process.once("exit", exited));
    this.process.stdin.end();
    await gone;
    rmSync(this.state, { recursive: true, force: true });
  }
}
