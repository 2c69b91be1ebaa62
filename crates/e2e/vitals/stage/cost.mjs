// What the main thread of a page does meanwhile, from the browser's own trace: script a frame, and the longest task.
//
// Processor time where the trace has it: what else the machine does is no fault of the page.

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "v8.execute"];
// A frame of the main thread ends with this.
const FRAME = "Commit";
const SCRIPT = new Set(["FunctionCall", "EvaluateScript", "RunMicrotasks", "v8.callFunction", "FireAnimationFrame", "TimerFire"]);
const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

export async function traced(browser, page, body) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await body();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const main = mainThread(traceEvents);
  const events = traceEvents.filter((event) => event.pid === main.pid && event.tid === main.tid && event.ph === "X");
  const ended = traceEvents
    .filter((event) => event.pid === main.pid && event.tid === main.tid && event.name === FRAME)
    .map((event) => event.ts)
    .sort((a, b) => a - b);
  const tasks = events.filter((event) => TASKS.has(event.name)).map(took);
  const script = outermost(events.filter((event) => SCRIPT.has(event.name)));
  const frames = ended.slice(1).map((end, at) => sum(script.filter((event) => event.ts >= ended[at] && event.ts < end).map(took)));
  return { frames: frames.length, script: { p50: percentile(frames, 50), p95: percentile(frames, 95) }, longestTask: round(Math.max(0, ...tasks)) };
}

// The page's own: of all renderers' main threads the one with the most frames.
function mainThread(events) {
  const names = events.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const frames = ({ pid, tid }) => events.filter((event) => event.name === FRAME && event.pid === pid && event.tid === tid).length;
  return names.map((name) => ({ ...name, frames: frames(name) })).sort((a, b) => b.frames - a.frames)[0];
}

// Script calls script: only the outer call counts.
function outermost(events) {
  let end = 0;
  return events
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter((event) => {
      if (event.ts < end) return false;
      end = event.ts + event.dur;
      return true;
    });
}

const took = (event) => (event.tdur ?? event.dur ?? 0) / 1_000;
const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);
const round = (number) => Math.round(number * 10) / 10;

function percentile(numbers, percent) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0);
}
