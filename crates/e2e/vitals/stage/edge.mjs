// What a CDN adds between a browser and the Worker: files go compressed, once squeezed and then kept. Everything else passes untouched.
//
// Miniflare squeezes in a hurry and anew each time, so without this a page would be judged by more bytes and more waiting than a visitor has.

import { createServer, request } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const squeeze = promisify(brotliCompress);
const COMPRESSED = /^(text\/|application\/(javascript|json|wasm|manifest\+json)|image\/svg)/;

export class Edge {
  static async before(origin) {
    const edge = new Edge();
    edge.origin = new URL(origin);
    edge.kept = new Map();
    edge.server = createServer((asked, answer) => edge.#pass(asked, answer));
    edge.server.on("upgrade", (asked, socket, head) => edge.#tunnel(asked, socket, head));
    await new Promise((listening) => edge.server.listen(0, "127.0.0.1", listening));
    edge.url = `http://localhost:${edge.server.address().port}`;
    return edge;
  }

  async close() {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  #onward({ method, url, headers }) {
    const { hostname, port } = this.origin;
    // The host stays the one that was asked: the Worker compares a page's origin with it.
    return request({ hostname, port, method, path: url, headers: { ...headers, "accept-encoding": "identity" } });
  }

  #pass(asked, answer) {
    const onward = this.#onward(asked);
    onward.on("response", (came) => {
      const file = asked.method === "GET" && !asked.url.startsWith("/api/") && came.statusCode === 200 && COMPRESSED.test(came.headers["content-type"]);
      if (file) return void this.#sendSqueezed(asked.url, came, answer);
      answer.writeHead(came.statusCode, came.rawHeaders);
      came.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }

  async #sendSqueezed(url, came, answer) {
    const bytes = Buffer.concat(await Array.fromAsync(came));
    if (!this.kept.has(url)) {
      const level = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
      this.kept.set(url, squeeze(bytes, level));
    }
    const squeezed = await this.kept.get(url);
    const { "transfer-encoding": _, ...headers } = came.headers;
    answer.writeHead(200, { ...headers, "content-encoding": "br", "content-length": squeezed.length });
    answer.end(squeezed);
  }

  #tunnel(asked, socket, head) {
    const onward = this.#onward(asked);
    onward.on("upgrade", (came, far, first) => {
      const lines = came.rawHeaders.map((word, at) => (at % 2 ? `${word}\r\n` : `${word}: `)).join("");
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`);
      socket.write(first);
      far.pipe(socket).pipe(far);
      far.on("error", () => socket.destroy());
      socket.on("error", () => far.destroy());
    });
    onward.on("response", (came) => {
      socket.write(`HTTP/1.1 ${came.statusCode} ${came.statusMessage}\r\nconnection: close\r\n\r\n`);
      came.pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.unshift(head);
    onward.end();
  }
}
