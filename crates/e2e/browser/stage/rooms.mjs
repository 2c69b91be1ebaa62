// Rooms in a browser test: a server of its own for each, making a room and coming into one, going home with a clean console.

import { Server } from "./server.mjs";

export async function withServer(body) {
  const server = await Server.start();
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

export async function leave(...people) {
  for (const person of people) {
    person.assertNoErrors();
    await person.context.close();
  }
}

export async function makeRoom({ page }, title, { hidden = false } = {}) {
  await page.getByRole("link", { name: "Find or make a room" }).click();
  await page.getByLabel("Name", { exact: true }).fill(title);
  if (hidden) await page.getByLabel("Private").check();
  await page.getByRole("button", { name: "Make the room" }).click();
  await inRoom({ page }, title);
}

export function inRoom({ page }, title) {
  return page.getByRole("banner").or(page.locator("header")).getByRole("heading", { name: title }).waitFor();
}

// Lines in a room, written one after the other without the page's help.
export function fill({ page }, room, lines) {
  return page.evaluate(
    async ({ room, lines }) => {
      for (const [number, text] of lines.entries()) {
        const body = JSON.stringify({ id: `filled-${number}`, text });
        const answer = await fetch(`/api/rooms/${room}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body });
        if (!answer.ok) throw new Error(`line ${number} was refused: ${answer.status}`);
      }
    },
    { room, lines },
  );
}
