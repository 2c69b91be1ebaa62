// What was said last in the room, drawn before the program is there: on a slow phone one reads it two seconds sooner.
//
// Names and texts where the program will have them, and nothing else: faces stay grey, nothing can be pressed, and of the marks only
// those are read that can mean nothing else. The invariant: what somebody wrote goes in as text.

// After so long a name stands above a message again, as `rows.rs` has it.
const GROUP_MS = 5 * 60 * 1000;
// Fills the tallest screen; the rest would only keep the program waiting.
const MOST = 30;
// Strong words, code, links, and what a backslash takes its meaning from. All others stand as they were typed until the program reads them.
const MARKED = /\\.|\*\*(\w[^*\n]*)\*\*|`([^`\n]+)`|\[([^[\]\n]+)\]\(https?:[^()\s]+\)/g;

// The element that holds them, put where the page's grey rows were; undefined where nobody has said anything, or where the program has
// taken the page over. `grey` are those rows, `frame` is the first that the room sent.
export function drawEarly(grey, frame) {
  const { type, messages = [] } = JSON.parse(frame);
  const said = messages.filter((message) => !message.deleted).slice(-MOST);
  if (type !== "welcome" || said.length === 0 || !grey.isConnected) return undefined;
  const early = element("div", "early", ...said.map((message, at) => row(message, said[at - 1])));
  grey.replaceWith(early);
  // `observer.rs` tells of it.
  performance.mark("early");
  return early;
}

function row({ by, text, at }, before) {
  const first = before?.by.id !== by.id || at - before.at >= GROUP_MS;
  const header = first ? [element("header", "", element("span", "name", by.name))] : [];
  const body = element("div", "body", ...header, element("div", "written", element("p", "", ...pieces(text))));
  return element("div", first ? "row first" : "row", element("span", first ? "avatar" : "aside"), body);
}

function pieces(text) {
  const found = [];
  let end = 0;
  for (const { 0: typed, 1: strong, 2: code, 3: link, index } of text.matchAll(MARKED)) {
    const read = strong ? element("strong", "", strong) : code ? element("code", "", code) : link ? element("a", "", link) : typed;
    found.push(text.slice(end, index), read);
    end = index + typed.length;
  }
  return [...found, text.slice(end)];
}

function element(name, classes, ...content) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...content);
  return made;
}
