// A client in sixty lines: signs in, comes into a room, says something, and waits until it is there for good.
//
//   node clients/typescript/say.ts http://127.0.0.1:8787 lobby "Hello"
//
// edgewise.d.ts is made from the server's own description of its API: `npm run types` renews it. What the frames mean stands in
// docs/protocol.md. A real client comes back with its cursor when the socket closes; this one gives up.

import type { ClientFrame, Problem, ServerFrame, SignIn, SignedIn } from "./edgewise.d.ts";

/** As the client core has it: an answer that takes longer is not coming. */
const PATIENCE_MS = 10_000;

/** The Web's own globals of Node. */
declare const process: { argv: string[]; exit(code: number): never };

async function signIn(server: string, name: string): Promise<string> {
  const body: SignIn = { name };
  const answer = await fetch(`${server}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(((await answer.json()) as Problem).detail);
  const { token } = (await answer.json()) as SignedIn;
  if (!token) throw new Error("The server gave no token.");
  return token;
}

/** Where the text is in the room's log, once the room has acked it. */
async function say(server: string, room: string, token: string, text: string): Promise<number | null> {
  const address = `${server.replace(/^http/, "ws")}/api/rooms/${room}/socket`;
  const socket = new WebSocket(address, ["edgewise.v1", `bearer.${token}`]);
  const command: ClientFrame = { type: "send", id: crypto.randomUUID(), text };
  return new Promise((done, failed) => {
    setTimeout(() => failed(new Error("The room did not answer in time.")), PATIENCE_MS);
    socket.onclose = ({ code }) => failed(new Error(`The room closed with ${code}.`));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data as string) as ServerFrame;
      switch (frame.type) {
        case "welcome":
          return socket.send(JSON.stringify(command));
        case "ack":
          return frame.id === command.id && done(frame.seq ?? null);
        case "reject":
          return failed(new Error(frame.message));
      }
    };
  });
}

const [server = "http://127.0.0.1:8787", room = "lobby", text = "Hello"] = process.argv.slice(2);
try {
  const token = await signIn(server, "A small client");
  console.log(`said at ${await say(server, room, token, text)}`);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
