// What is said in the pictures. Older talk is imported, so that it has its times; the last lines are written in real pages.

import { inRoom, makeRoom } from "../browser/stage/rooms.mjs";

const ROOM = "garden-plans";
const TITLE = "Garden plans";
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

// Minutes ago, who, and what.
const BEFORE = [
  [DAY_MINUTES + 95, "cem", "The beds behind the shed get sun from ten on. I would put the **tomatoes** there."],
  [DAY_MINUTES + 94, "cem", "And the beans along the fence: they can climb."],
  [DAY_MINUTES + 90, "ada", "Good. Then the salad goes under the apple tree, where it stays cool."],
  [DAY_MINUTES + 62, "bob", "I can bring compost on Saturday. Two carts, maybe three."],
  [58, "ada", "Who has the key to the water this week?"],
  [57, "bob", "I have. The rain barrel is full, so for now nobody has to water anything but the seedlings."],
  [41, "cem", "For whoever waters: the timer takes its times like this.\n\n```toml\n[bed.tomatoes]\nbegin = \"06:30\"\nlitres = 12\n```"],
  [40, "cem", "More about it is on [the maker's page](https://example.com/timer)."],
  [23, "ada", "> two carts, maybe three\n\nThree, if you can. What is left goes to the roses."],
];
// To which of them, who, and how.
const REACTIONS = [
  [1, "ada", "👍"],
  [1, "bob", "👍"],
  [4, "ada", "🎉"],
  [4, "cem", "🎉"],
  [4, "cem", "❤️"],
  [6, "ada", "👍"],
];

// The room with its older talk, and what else is in Ada's list.
export async function begin(server, people) {
  const { ada, bob, cem } = people;
  await makeRoom(ada, TITLE);
  await importAll(server, await members(people));
  await call(ada, "PATCH", `/api/rooms/${ROOM}`, { topic: "Beds, seeds, and who waters when" });
  for (const other of [bob, cem]) await other.page.goto(`${server.url}/r/${ROOM}`);
  await moreRooms(people);
  await ada.page.goto(`${server.url}/r/${ROOM}`);
  await Promise.all([ada, bob, cem].map((person) => inRoom(person, TITLE)));
}

async function members(people) {
  const all = Object.entries(people).map(async ([key, { page }]) => [key, (await page.evaluate(async () => (await fetch("/api/session")).json())).member]);
  return Object.fromEntries(await Promise.all(all));
}

// As somebody who owns every room: then its authors are those who are here.
async function importAll(server, by) {
  const now = Date.now();
  const headers = { "content-type": "application/json" };
  const signed = await fetch(`${server.url}/api/session`, { method: "POST", headers, body: JSON.stringify({ name: "Importer", admin_token: server.environment.ADMIN_TOKEN }) });
  const { token } = await signed.json();
  const { head } = await (await fetch(`${server.url}/api/rooms/${ROOM}/messages?limit=1`, { headers: { authorization: `Bearer ${token}` } })).json();
  const first = head + 1;
  const messages = BEFORE.map(([ago, who, text], at) => ({ seq: first + at, at: now - ago * MINUTE_MS, by: by[who], kind: "message", text }));
  const reactions = REACTIONS.map(([which, who, emoji], at) => ({
    seq: first + BEFORE.length + at,
    at: now - 20 * MINUTE_MS,
    by: by[who],
    kind: "reacted",
    target: first + which - 1,
    emoji,
    on: true,
  }));
  const body = [...messages, ...reactions].map((line) => JSON.stringify(line)).join("\n");
  const taken = await fetch(`${server.url}/api/rooms/${ROOM}/import`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body });
  if (!taken.ok) throw new Error(`the talk was refused: ${taken.status} ${await taken.text()}`);
}

// A room with something unread, and a direct one with something for Ada.
async function moreRooms({ ada, bob }) {
  await call(ada, "POST", "/api/rooms", { room: "seed-swap", title: "Seed swap", visibility: "public" });
  await call(ada, "POST", "/api/rooms", { title: "Treasurers", visibility: "private" });
  for (const room of [ROOM, "seed-swap"]) await call(ada, "PUT", `/api/me/rooms/${room}`);
  for (const [at, text] of ["Does anybody have dill?", "I have chives and parsley to give away.", "And a bag of marigolds."].entries()) {
    await call(bob, "POST", "/api/rooms/seed-swap/messages", { id: `seeds-${at}`, text });
  }
  await bob.page.getByRole("button", { name: "Write to Ada alone" }).click();
  await inRoom(bob, "Ada");
  await bob.write("Shall I fetch you on Saturday?");
  await bob.seesSent(["Shall I fetch you on Saturday?"]);
  await bob.page.goBack();
  await inRoom(bob, TITLE);
}

// The last lines: a plan as a picture, an answer, and somebody who is writing.
export async function talkLive({ ada, bob, cem }) {
  await ada.page.getByLabel("Attach files").setInputFiles({ name: "plan.png", mimeType: "image/png", buffer: await plan(ada) });
  await ada.page.locator(".tray .there").waitFor();
  await ada.write("This is how I see it:");
  await ada.page.locator("article.row .files img").waitFor();
  await cem.write("@Ada I like it. The path could be wider, for the carts.");
  for (const person of [ada, bob, cem]) await person.sees("This is how I see it:");
  await ada.page.locator("article.row.calls-me").waitFor();
  await bob.composer.pressSequentially("And a bench");
  await ada.page.getByText("Bob is typing…").waitFor();
}

// A plan of the garden, drawn by the browser.
async function plan({ context }) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 480, height: 200 });
  await page.setContent(`<body style="margin:0"><svg width="480" height="200" font-family="sans-serif" font-size="15" text-anchor="middle">
    <rect width="480" height="200" fill="#eef3e6"/><path d="M0 112h480" stroke="#d8cbb0" stroke-width="18"/>
    <g fill="#cfe3b4" stroke="#7c9a58"><rect x="16" y="16" width="140" height="76" rx="6"/><rect x="170" y="16" width="140" height="76" rx="6"/><rect x="324" y="16" width="140" height="76" rx="6"/><rect x="16" y="134" width="294" height="50" rx="6"/></g>
    <circle cx="394" cy="160" r="30" fill="#9cc27a" stroke="#5d7f3f"/>
    <g fill="#33461f"><text x="86" y="60">tomatoes</text><text x="240" y="60">pumpkins</text><text x="394" y="60">herbs</text><text x="163" y="164">beans, along the fence</text><text x="394" y="165">apple</text></g></svg>`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

function call({ page }, method, path, body) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const answer = await fetch(path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    },
    { method, path, body },
  );
}
