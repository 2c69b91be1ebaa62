// The peer: a chat room as one writes it in an afternoon. One Durable Object, one frame a message and reader, state in memory alone.
//
// It answers as much of the protocol as the load generator needs. What Edgewise does beyond it: every message on disk before it
// is acked, once-only commands, resume, history over a restart, rights, rate limits, slow readers.

export class Chat {
  constructor(state) {
    this.state = state;
    this.head = 0;
    this.messages = [];
  }

  async fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.state.acceptWebSocket(server);
    server.serializeAttachment({ name: `member-${this.state.getWebSockets().length}` });
    server.send(JSON.stringify({ type: "welcome", protocol: 1, head: this.head, messages: this.messages }));
    return new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": "edgewise.v1" } });
  }

  async webSocketMessage(socket, text) {
    const frame = JSON.parse(text);
    if (frame.type !== "send") return;
    const { name } = socket.deserializeAttachment();
    const event = {
      seq: ++this.head,
      at: Date.now(),
      by: { id: name, name },
      id: frame.id,
      kind: "message",
      text: frame.text,
    };
    this.messages.push(event);
    if (this.messages.length > 50) this.messages.shift();
    socket.send(JSON.stringify({ type: "ack", id: event.id, seq: event.seq, at: event.at }));
    const events = JSON.stringify({ type: "events", events: [event] });
    for (const reader of this.state.getWebSockets()) {
      try {
        reader.send(events);
      } catch {
        // It has gone; the runtime will say so.
      }
    }
  }

  async webSocketClose(socket) {
    socket.close();
  }
}

export default {
  fetch(request, env) {
    const [, api, rooms, room] = new URL(request.url).pathname.split("/");
    if (api !== "api" || rooms !== "rooms" || !room) return new Response("not found", { status: 404 });
    return env.CHAT.get(env.CHAT.idFromName(room)).fetch(request);
  },
};
