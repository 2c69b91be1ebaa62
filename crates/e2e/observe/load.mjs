// Some load, by people without a browser: they sign in, open sockets, write, and one of them asks for a fault.

import { randomBytes } from "node:crypto";
import { until } from "./processes.mjs";

const id = () => randomBytes(8).toString("hex");

export class Guest {
  static async enter(server, { name, requestId = id() }) {
    const guest = new Guest();
    const signedIn = await fetch(`${server}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });
    if (signedIn.status !== 201) throw new Error(`signing in was answered with ${signedIn.status}: ${await signedIn.text()}`);
    const { token } = await signedIn.json();
    guest.frames = [];
    guest.socket = new WebSocket(`${server.replace("http", "ws")}/api/rooms/lobby/socket`, {
      protocols: ["edgewise.v1"],
      headers: { authorization: `Bearer ${token}`, "x-request-id": requestId },
    });
    guest.socket.addEventListener("message", ({ data }) => guest.frames.push(JSON.parse(data)));
    guest.socket.addEventListener("close", ({ code }) => (guest.closed = code));
    guest.socket.addEventListener("error", () => {});
    await until(`a welcome for ${name}`, () => guest.frames.some(({ type }) => type === "welcome"));
    return guest;
  }

  send(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  async write(text) {
    const command = id();
    this.send({ type: "send", id: command, text });
    return until(`an answer to ${text}`, () => this.frames.find((frame) => frame.id === command && ["ack", "reject"].includes(frame.type)));
  }

  leave() {
    this.socket.close();
  }
}

// Talk: each writes in turn, one after the other, below every limit of rate.
export async function talk(guests, rounds) {
  for (let round = 1; round <= rounds; round += 1) {
    for (const guest of guests) await guest.write(`round ${round}`);
  }
  // A refusal, so that there is one to see.
  guests[0].send({ type: "delete", id: id(), seq: 1_000_000 });
}
