// A room of many messages, one a minute until now, and a way through it.

export const MESSAGES = 100_000;
export const MINUTE_MS = 60_000;
const A_REQUEST = 500;

// The name of the room that this person has now.
export function fillLargeRoom({ page }) {
  return page.evaluate(fill, { messages: MESSAGES, aRequest: A_REQUEST, minuteMs: MINUTE_MS });
}

// In the page: a room, and messages that people wrote once a minute until now. Some are long, some have lines of code.
async function fill({ messages, aRequest, minuteMs }) {
  const ask = (path, body) => fetch(path, { method: "POST", body, headers: { "content-type": "application/json" } });
  const made = await ask("/api/rooms", JSON.stringify({ title: "Large room", visibility: "public" }));
  const { room } = await made.json();
  const begin = Date.now() - (messages + 1) * minuteMs;
  const words = ["amber", "bridge", "candle", "dune", "ember", "forest", "garden", "harbour", "island", "jungle", "kettle"];
  const text = (seq) => {
    const some = Array.from({ length: 3 + ((seq * 7) % 40) }, (_, n) => words[(seq * 31 + n * n) % words.length]).join(" ");
    return seq % 17 === 0 ? `${some}\n\n\`\`\`\nlet n = ${seq};\n\`\`\`` : `**${seq}** ${some}`;
  };
  for (let first = 1; first <= messages; first += aRequest) {
    const lines = Array.from({ length: aRequest }, (_, n) => first + n).map((seq) => {
      const by = { id: `w${(seq >> 2) % 9}`, name: `Writer ${(seq >> 2) % 9}` };
      return JSON.stringify({ seq, at: begin + seq * minuteMs, by, kind: "message", text: text(seq) });
    });
    const taken = await ask(`/api/rooms/${room}/import`, lines.join("\n"));
    if (taken.status !== 204) throw new Error(`${taken.status}: ${await taken.text()}`);
  }
  return room;
}

// Far up and some of the way back, by the wheel; the most rows that were drawn at once.
export async function scrollThrough({ page }) {
  let rows = 0;
  await page.locator(".frame").hover();
  for (let turn = 0; turn < 300; turn += 1) {
    await page.mouse.wheel(0, turn < 250 ? -700 : 1_500);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    if (turn % 10 === 0) rows = Math.max(rows, await page.locator(".rows > *").count());
  }
  return rows;
}
