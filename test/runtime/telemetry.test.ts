import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";

const STAY = new URL("stay.js", import.meta.url).href;
const LIBRARY = "dist/test/runtime/mine-few.js";

const PROGRAMS = {
  "the command line": ["dist/cli/crisscross.js", "mine", "samples/town.de", "samples/town.en"],
  "the library": [LIBRARY],
  "the library in a worker thread": [LIBRARY, "worker"],
};

for (const [name, argv] of Object.entries(PROGRAMS)) {
  test(`${name} leaves nothing in the user's cache and the temporary folder, and asks no host`, async (t) => {
    const folder = temporaryFolder(t);
    const [home, cache, temporary] = ["home", "cache", "temporary"].map((one) => join(folder, one));
    for (const one of [home, cache, temporary]) mkdirSync(one);
    const proxy = await listen(t);
    const child = spawn(process.execPath, ["--import", STAY, ...argv], {
      // Nothing of what runs the tests: under CI the runtime is quiet by itself.
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_CACHE_HOME: cache,
        TMPDIR: temporary,
        HTTPS_PROXY: proxy.address,
        ORT_DISABLE_TELEMETRY: "0",
      },
    });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit"), text(child.stdout)]);
    t.is(code, 0, stderr);
    t.deepEqual(readdirSync(folder, { recursive: true }).sort(), ["cache", "home", "temporary"]);
    t.deepEqual(proxy.asked, []);
  });
}

/** A proxy that notes what it is asked for, and answers nothing. */
async function listen(t: { teardown(run: () => void): void }) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      asked.push(String(data).split("\r\n", 1)[0]);
      socket.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  return { asked, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
