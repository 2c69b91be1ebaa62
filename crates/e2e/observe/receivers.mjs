// What stands at the other ends: error tracking, a collector of log lines, and somebody's webhook. Each parses what it gets by that
// protocol's own description, and refuses what does not fit it, as the real ones would.

import { createServer } from "node:http";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// A server on loopback that hands each body to `take`, which answers with a status. What `take` throws is a 400, and is kept as a fault.
async function receiver(port, take) {
  const faults = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      try {
        const answer = take(request, Buffer.concat(chunks));
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
      } catch (error) {
        faults.push(`${request.method} ${request.url}: ${error.message}`);
        response.writeHead(400).end(error.message);
      }
    });
  });
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  return { faults, port: server.address().port, close: () => (server.closeAllConnections(), server.close()) };
}

// Error tracking. https://develop.sentry.dev/sdk/data-model/envelopes/: a line of headers, then items of a line of headers and a payload
// each; a payload has as many bytes as `length` says, or ends with its line.
export async function errorTracking(folder) {
  mkdirSync(folder, { recursive: true });
  const events = [];
  const base = await receiver(0, (request, body) => {
    must(/^\/api\/1\/envelope\/$/.test(request.url), "an envelope goes to /api/{project}/envelope/");
    const auth = request.headers["x-sentry-auth"] ?? "";
    must(/^Sentry /.test(auth) && /sentry_key=publickey(,|$)/.test(auth) && /sentry_version=7(,|$)/.test(auth), "X-Sentry-Auth has a key and version 7");
    const envelope = parseEnvelope(body);
    writeFileSync(join(folder, `${events.length + 1}.envelope`), body);
    for (const { header, payload } of envelope.items) {
      must(header.type === "event", `an item of type ${header.type}`);
      events.push(checked(JSON.parse(payload), envelope.header));
    }
    return { id: envelope.header.event_id };
  });
  return { ...base, events, dsn: `http://publickey@127.0.0.1:${base.port}/1` };
}

export function parseEnvelope(body) {
  let at = 0;
  const line = () => {
    const end = body.indexOf(10, at);
    const text = body.subarray(at, end < 0 ? body.length : end).toString();
    at = end < 0 ? body.length : end + 1;
    return text;
  };
  const header = JSON.parse(line());
  const items = [];
  while (at < body.length) {
    const text = line();
    if (text === "") continue;
    const item = JSON.parse(text);
    if (item.length === undefined) {
      items.push({ header: item, payload: line() });
      continue;
    }
    must(at + item.length <= body.length, "the payload is as long as its header says");
    items.push({ header: item, payload: body.subarray(at, at + item.length).toString() });
    at += item.length;
    must(at === body.length || body[at] === 10, "a payload ends with its line");
    at += 1;
  }
  return { header, items };
}

// https://develop.sentry.dev/sdk/data-model/event-payloads/
function checked(event, header) {
  must(/^[0-9a-f]{32}$/.test(event.event_id), "event_id has 32 hexadecimal digits");
  must(header.event_id === undefined || header.event_id === event.event_id, "envelope and event have one id");
  must(Number.isFinite(new Date(typeof event.timestamp === "number" ? event.timestamp * 1000 : event.timestamp).getTime()), "timestamp is one");
  must(typeof event.platform === "string", "platform is named");
  must(event.exception?.values?.every(({ type, value }) => typeof type === "string" && typeof value === "string"), "exceptions have type and value");
  return event;
}

// A collector: OTLP over HTTP with JSON, https://opentelemetry.io/docs/specs/otlp/#otlphttp.
export async function collector() {
  const lines = [];
  const base = await receiver(0, (request, body) => {
    must(request.url === "/v1/logs" && request.headers["content-type"] === "application/json", "logs go to /v1/logs as JSON");
    for (const { resource, scopeLogs } of JSON.parse(body).resourceLogs) {
      const service = attributes(resource.attributes)["service.name"];
      must(typeof service === "string", "a resource names its service");
      for (const record of scopeLogs.flatMap((scope) => scope.logRecords)) {
        must(/^\d+$/.test(record.timeUnixNano) && record.severityNumber >= 1 && record.severityNumber <= 24, "a record has a time and a severity");
        lines.push({ service, level: record.severityText, message: record.body?.stringValue, ...attributes(record.attributes) });
      }
    }
    return {};
  });
  return { ...base, lines, endpoint: `http://127.0.0.1:${base.port}` };
}

const attributes = (list) => Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]));

// Somebody's webhook. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
export async function webhook() {
  const alerts = [];
  const base = await receiver(0, (_, body) => {
    const notification = JSON.parse(body);
    must(notification.version === "4" && Array.isArray(notification.alerts), "a notification has version 4 and alerts");
    alerts.push(...notification.alerts);
  });
  return { ...base, alerts, url: `http://127.0.0.1:${base.port}/alerts` };
}

function must(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}
