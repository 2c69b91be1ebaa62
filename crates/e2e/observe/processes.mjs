// Programs that run for as long as this one does: started in a process group of their own, heard, and ended with it, however it ends.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

const running = new Set();

process.on("exit", () => running.forEach((child) => end(child, "SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

// Starts a program; what it says goes to a file.
export function start(name, program, words, { log, env = {} }) {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"], detached: true, env: { ...process.env, ...env } });
  running.add(child);
  const file = createWriteStream(log);
  child.stdin.on("error", () => {});
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  child.once("error", (error) => console.error(`edgewise: ${name} cannot be started: ${error.message}.`));
  const ended = new Promise((_, gone) =>
    child.once("exit", (code) => {
      running.delete(child);
      gone(new Error(`${name} ended with ${code}.`));
    }),
  );
  ended.catch(() => {});
  // Waits until it answers there; one that has ended will not.
  return { ready: (url) => Promise.race([until(name, () => answers(url)), ended]) };
}

async function answers(url) {
  const answer = await fetch(url).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok;
}

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

// Looks until there is something to see; `what` is for whoever waits in vain.
export async function until(what, look, withinMs = 90_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`${what} was not to be seen within ${withinMs / 1000} s.`);
    await new Promise((passed) => setTimeout(passed, 200));
  }
}
