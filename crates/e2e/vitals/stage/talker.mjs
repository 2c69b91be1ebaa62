// Somebody who writes in the lobby at a steady pace, without a browser.

import { setTimeout } from "node:timers/promises";

export class Talker {
  static async in(url, name) {
    const talker = new Talker();
    talker.url = url;
    talker.said = 0;
    const { token } = await talker.#ask("/api/session", { name }, {});
    talker.token = token;
    return talker;
  }

  async say(text) {
    this.said += 1;
    await this.#ask("/api/rooms/lobby/messages", { id: `${this.token.slice(-8)}-${this.said}`, text }, { authorization: `Bearer ${this.token}` });
  }

  // So many a second for as long as `body` runs; the pace at which they were taken.
  async talkDuring(aSecond, text, body) {
    const begin = performance.now();
    const said = [];
    let over = false;
    const talking = (async () => {
      while (!over) {
        await setTimeout(Math.max(0, begin + (said.length * 1_000) / aSecond - performance.now()));
        said.push(this.say(text(said.length)));
      }
      await Promise.all(said);
      return said.length / ((performance.now() - begin) / 1_000);
    })();
    try {
      await Promise.race([body(), talking]);
    } finally {
      over = true;
    }
    return talking;
  }

  async #ask(path, body, headers) {
    const answer = await fetch(`${this.url}${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
