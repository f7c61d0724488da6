import test from "ava";
import { ModelError } from "../../src/errors.js";
import { findSnapshot, pullSnapshot, UnknownNameError } from "../../src/hub/find-snapshot.js";
import { contextFor, messages, startServer } from "./contexts.js";
import { refuse } from "./hub-server.js";

const NAME = { repository: "acme/tiny", revision: "main" };
const TOKEN = "hf_secretsecret";
const FILES = { "config.json": "{}\n", "model.onnx": "weights" };

const choose = async (_folder: string, files: readonly string[]) => [...files];

test("a repository that is not there, or is private, is told from a revision and a file", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  await t.throwsAsync(findSnapshot({ ...NAME, repository: "acme/none" }, choose, hub), {
    instanceOf: UnknownNameError,
    message:
      /acme\/none: .* has no such repository, or it is private \(401\)\. Check the name; if it is private, set HF_TOKEN/,
  });
  await t.throwsAsync(findSnapshot({ ...NAME, revision: "v9" }, choose, hub), {
    instanceOf: ModelError,
    message: /acme\/tiny: has no revision v9 \(404\)\. See its branches and tags/,
  });
  server.fault = ({ path }, response) => {
    if (!path.endsWith("/config.json")) return false;
    refuse(response, 404, "EntryNotFound");
    return true;
  };
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    instanceOf: ModelError,
    message: /acme\/tiny: the hub does not have its file config\.json \(404\), though it is listed/,
  });
});

test("a gated repository says what to do, with a token and without; a bad token is told", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { gatedFor: "hf_other" });
  await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
    instanceOf: ModelError,
    message: /acme\/tiny: is gated \(401\)\. Accept its terms at .*\/acme\/tiny, and set HF_TOKEN/,
  });
  const error = await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server, { token: TOKEN })), {
    instanceOf: ModelError,
    message: /acme\/tiny: is gated, and the account of HF_TOKEN has no access \(403\)\. Accept its terms/,
  });
  t.false(String(error?.stack).includes(TOKEN));
  t.truthy(await findSnapshot(NAME, choose, contextFor(t, server, { token: "hf_other" })));
  server.fault = (_, response) => {
    refuse(response, 401);
    return true;
  };
  await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server, { token: TOKEN })), {
    instanceOf: ModelError,
    message: /acme\/tiny: the hub refuses the token \(401\)\. Set HF_TOKEN to a valid one/,
  });
});

test("who refuses is told where it is the host that the hub leads to, such as a firewall before that", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  for (const status of [401, 403, 404]) {
    server.fault = ({ host }, response) => {
      if (host === "cdn") refuse(response, status);
      return host === "cdn";
    };
    await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
      instanceOf: ModelError,
      message: new RegExp(`acme/tiny: http://.* leads to localhost:\\d+, which refuses \\(${status}\\)`),
    });
  }
});

test("the token goes to the hub and to no other host", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server, { token: TOKEN });
  await findSnapshot(NAME, choose, hub);
  const sentTo = (host: string) =>
    new Set(server.seen.filter((seen) => seen.host === host).map(({ authorization }) => authorization));
  t.deepEqual(sentTo("hub"), new Set([`Bearer ${TOKEN}`]));
  t.deepEqual(sentTo("cdn"), new Set([undefined]));
  t.false(JSON.stringify(hub.events).includes(TOKEN));
});

test("Retry-After is waited for, in seconds or until a date", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const answers = ["7", new Date(Date.now() + 60_000).toUTCString()];
  server.fault = (_, response) => {
    const after = answers.shift();
    if (after) refuse(response, 429, undefined, { "retry-after": after });
    return after !== undefined;
  };
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  t.is(hub.waits[0], 7000);
  t.true(hub.waits[1] > 50_000 && hub.waits[1] <= 60_000);
  t.regex(messages(hub.events)[0], /answered 429; trying again in 7 s/);
});

test("who is asked for more patience than minutes is told so", async (t) => {
  const server = await startServer(t);
  server.fault = (_, response) => {
    refuse(response, 429, undefined, { "retry-after": "3600" });
    return true;
  };
  const hub = contextFor(t, server);
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    instanceOf: ModelError,
    message: /acme\/tiny: the hub asks for fewer requests \(429\)\. Try again in 3600 s; with a token/,
  });
  t.deepEqual(hub.waits, []);
});

test("5xx is tried again, waiting twice as long each time, and told after five", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  let left = 4;
  server.fault = ({ host }, response) => {
    if (host !== "cdn" || left-- <= 0) return false;
    refuse(response, 503);
    return true;
  };
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  t.deepEqual(hub.waits, [1000, 2000, 4000, 8000]);
  server.fault = (_, response) => {
    refuse(response, 500);
    return true;
  };
  await t.throwsAsync(pullSnapshot(NAME, choose, hub), {
    instanceOf: ModelError,
    message:
      "acme/tiny: the hub answered 500, 5 times in a row. Try again later; what has come so far is kept.",
  });
});

test("a server that begins anew, and breaks off here and there, is given up, too", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const ends = [6, 2, 4, 1, 3, 2, 5, 1, 3];
  let asked = 0;
  server.fault = ({ host }, response) => {
    if (host !== "cdn") return false;
    // No length is told, so that what came is there although it is too short.
    response.end("weights".slice(0, ends[asked++]));
    return true;
  };
  await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
    instanceOf: ModelError,
    message: /acme\/tiny, model\.onnx: the hub sent model\.onnx only up to byte \d of 7, 5 times in a row/,
  });
});

test("a hub that cannot be reached is named", async (t) => {
  const server = await startServer(t);
  const hub = contextFor(t, server);
  await server.close();
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    instanceOf: UnknownNameError,
    message:
      /acme\/tiny: the hub cannot be reached at 127\.0\.0\.1:\d+ \(ECONNREFUSED\), 3 times in a row\. Connect/,
  });
});

test("what is no hub is told from one", async (t) => {
  const server = await startServer(t);
  const answers = ["<html>", "{}", "[]"];
  server.fault = (_, response) => {
    response.end(answers[0]);
    return true;
  };
  for (const _ of answers.slice()) {
    await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
      instanceOf: ModelError,
      message: /See whether HF_ENDPOINT is the address of a hub\./,
    });
    answers.shift();
  }
});

test("redirects that never end, or lead to no address, are refused, and no password in them is told", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  for (const location of [
    "",
    "http://[",
    "file:///etc/passwd",
    "http://me:hf_secret@localhost/x?key=hf_secret",
  ])
    for (const host of ["/api/", "/resolve/"]) {
      server.fault = ({ path }, response) => {
        if (!path.includes(host)) return false;
        response.writeHead(302, { location: location || path }).end();
        return true;
      };
      const hub = contextFor(t, server);
      const error = await t.throwsAsync(findSnapshot(NAME, choose, hub), {
        instanceOf: ModelError,
        message: /acme\/tiny: the hub answered 310 \(redirects that cannot be followed\)/,
      });
      t.false((String(error?.stack) + messages(hub.events)).includes("hf_secret"));
      t.deepEqual(hub.waits, []);
    }
});

test("offline and not cached is one sentence that says what to do; so is a pull", async (t) => {
  const hub = contextFor(t, { endpoint: "http://127.0.0.1:9" }, { offline: true });
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    instanceOf: UnknownNameError,
    message:
      /^acme\/tiny: is not in the cache \(.*\), and the hub is not asked, since HF_HUB_OFFLINE is set\. Unset it and run crisscross encoders pull acme\/tiny, or name another encoder\.$/,
  });
  await t.throwsAsync(pullSnapshot(NAME, choose, hub), {
    instanceOf: ModelError,
    message: /acme\/tiny: cannot be fetched, since HF_HUB_OFFLINE is set/,
  });
});

test("offline and partly cached names what is missing", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  await findSnapshot(NAME, async () => ["config.json"], hub);
  const offline = { ...hub, settings: { ...hub.settings, offline: true } };
  await t.throwsAsync(findSnapshot(NAME, choose, offline), {
    instanceOf: ModelError,
    message: /acme\/tiny: is in the cache without model\.onnx, .*Unset it and run/,
  });
});

test("an interruption ends the fetch, and what has come is kept", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const interruption = new AbortController();
  server.fault = ({ host }, response) => {
    if (host !== "cdn") return false;
    response.writeHead(200, { "content-length": 7 });
    response.write("wei");
    return true;
  };
  const hub = contextFor(t, server);
  const fetching = findSnapshot(NAME, choose, {
    ...hub,
    signal: interruption.signal,
    tell: (event) => {
      if (event.kind === "progress" && event.done === 6) interruption.abort(new Error("enough"));
    },
  });
  await t.throwsAsync(fetching, { message: "enough" });
  server.fault = () => false;
  await findSnapshot(NAME, choose, hub);
  t.is(server.seen.at(-1)?.range, "bytes=3-");
});

test("a listing that does not end is given up, and the bound told: by pages, and by bytes", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  let pages = 0;
  server.fault = ({ path }, response) => {
    if (!path.includes("/tree/")) return false;
    response.setHeader("link", `<${server.endpoint}${path.split("&")[0]}&cursor=${++pages}>; rel="next"`);
    response.end("[]");
    return true;
  };
  await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
    instanceOf: ModelError,
    message: /acme\/tiny: the hub's list of its files goes on after 100 pages.*HF_ENDPOINT/,
  });
  t.is(pages, 100);
  for (const part of ["/tree/", "/revision/"]) {
    let closed = false;
    server.fault = ({ path }, response) => {
      if (!path.includes(part)) return false;
      response.write("[");
      const block = " ".repeat(2 ** 20);
      const more = () => {
        while (!closed && response.write(block));
      };
      response.on("drain", more).on("close", () => {
        closed = true;
      });
      more();
      return true;
    };
    await t.throwsAsync(findSnapshot(NAME, choose, contextFor(t, server)), {
      instanceOf: ModelError,
      message: /acme\/tiny: an answer of the hub goes on after 16 MiB.*HF_ENDPOINT/,
    });
  }
});
