// A real OpenID Connect provider on this machine, for tests: whoever says a login and any password is that person.
//
//   node_modules/.bin/node crates/e2e/identity/provider.mjs --port 0 --while-stdin-open
//
// Prints `ready http://127.0.0.1:P`. It knows nobody to sign in for until `PUT /client` says where people are sent back to: two servers
// that name each other cannot both start first. Invariant: it ends with its standard input.

import { createServer } from "node:http";
import { parseArgs } from "node:util";

import { Provider } from "oidc-provider";

// Everything else is called as they log in. One name cannot be used in Edgewise as it is.
const NAMES = { ada: "Augusta Ada King, Countess of Lovelace", root: "Admin" };

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, state: { type: "string" }, "while-stdin-open": { type: "boolean", default: false } },
});

let answer = (_, response) => response.writeHead(503).end();

const server = createServer(async (request, response) => {
  if (request.method === "PUT" && request.url === "/client") {
    const pieces = await request.toArray();
    answer = provider(JSON.parse(Buffer.concat(pieces)).redirect_uri).callback();
    response.writeHead(204).end();
  } else {
    answer(request, response);
  }
});

function provider(redirectUri) {
  return new Provider(issuer(), {
    clients: [
      {
        client_id: "edgewise",
        client_secret: "a secret: with a colon",
        redirect_uris: [redirectUri],
        // The other way than most: a client must find out.
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], profile: ["name"] },
    cookies: { keys: ["for tests alone"] },
    findAccount: (_, login) => ({ accountId: login, claims: () => ({ sub: login, name: NAMES[login] ?? login }) }),
    pkce: { required: () => true },
  });
}

const issuer = () => `http://127.0.0.1:${server.address().port}`;

server.listen(Number(values.port), "127.0.0.1", () => console.log(`ready ${issuer()}`));
if (values["while-stdin-open"]) process.stdin.on("end", () => process.exit(0)).resume();
