/**
 * Whether a cache that Python's huggingface_hub fills is read here without network, and one that is filled here by it:
 *
 *     node dist/test/bench/hub.js --python PYTHON
 *
 * Both fetch from a server of this process that speaks the hub's protocol. Needs huggingface_hub.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs, promisify } from "node:util";
import { openEncoder, pullEncoder } from "../../src/index.js";
import { HubServer } from "../hub/hub-server.js";

const { values } = parseArgs({ options: { python: { type: "string", default: "python3" } } });
const ENCODERS = { transformer: "test/embed/transformer", static: "test/embed/static/normalised" };

interface PythonAnswer {
  version: string;
  folder: string;
  hashes: Record<string, string>;
  warnings: string[];
  scanned: [string, string[], number];
}

const home = mkdtempSync(join(tmpdir(), "crisscross-hub-"));
const server = await HubServer.start();
let different = 0;
try {
  for (const [kind, folder] of Object.entries(ENCODERS)) {
    const name = `acme/${kind}`;
    server.addFolder(name, folder);

    useCache(join(home, `${kind}-theirs`));
    const theirs = await python("fetch", name);
    const asked = server.seenOf(name).length;
    const encoder = await openEncoder(name);
    const [x] = await encoder.encode(["the mill"]);
    await encoder.close?.();
    const [y] = await (await openEncoder(folder)).encode(["the mill"]);
    // Versions before 2 leave no list of files, which is asked for once.
    const requests = server
      .seenOf(name)
      .slice(asked)
      .filter(({ path }) => !path.includes("/tree/"));
    tell(
      kind,
      `filled by huggingface_hub ${theirs.version}, opened here without fetching a file`,
      x === y && requests.length === 0,
    );

    useCache(join(home, `${kind}-ours`));
    const ours = await pullEncoder(name);
    const expected = hashesOf(ours.folder);
    const before = server.seenOf(name).length;
    const read = await python("read", name, Object.keys(expected));
    const same = isDeepStrictEqual(read.hashes, expected) && read.folder === ours.folder;
    const scanned =
      read.warnings.length === 0 && read.scanned[0] === name && read.scanned[1].join() === "main";
    tell(
      kind,
      `filled here (${ours.files} files), read by huggingface_hub offline`,
      same && server.seenOf(name).length === before,
    );
    tell(
      kind,
      "scanned by it as one repository at main, without a warning",
      scanned && read.scanned[2] === ours.files,
    );
  }
} finally {
  await server.close();
  rmSync(home, { recursive: true });
}
process.exitCode = different > 0 ? 1 : 0;

function useCache(cache: string): void {
  Object.assign(process.env, { HF_HUB_CACHE: cache, HF_ENDPOINT: server.endpoint });
}

async function python(what: "fetch" | "read", name: string, files: string[] = []): Promise<PythonAnswer> {
  const run = promisify(execFile)(values.python, ["test/bench/hub_cache.py", what, name]);
  run.child.stdin?.end(JSON.stringify(files));
  return JSON.parse((await run).stdout);
}

function hashesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );
}

function tell(kind: string, what: string, holds: boolean): void {
  if (!holds) different++;
  console.log(`${holds ? "yes" : "NO "}  ${kind}: ${what}`);
}
