// The production build behind an edge, with a lobby that people have written in; what a visitor meets.

import { Server } from "../../browser/stage/server.mjs";
import { Edge } from "./edge.mjs";
import { Talker } from "./talker.mjs";

const TALK = [
  "Good morning! Who is in today?",
  "I am. The **release** is nearly ready, see [the list](https://example.com/list).",
  "Two lines are left:\n\n1. the figures\n2. the pictures",
  "`cargo xtask test` passes here.",
  "Then let us look at it together at ten.",
];

export async function withLobby(body) {
  const server = await Server.start();
  const edge = await Edge.before(server.url);
  try {
    const ada = await Talker.in(edge.url, "Ada");
    for (const text of TALK) await ada.say(text);
    await body(edge.url, ada);
  } finally {
    await edge.close();
    await server.stop();
  }
}

// One of many lines that somebody writes at a pace.
export const aLine = (count) => `line **${count}** of many, with \`some\` marks in it`;

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
