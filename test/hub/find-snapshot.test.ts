import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import test from "ava";
import { ModelError, OutputError } from "../../src/errors.js";
import { findSnapshot, pullSnapshot } from "../../src/hub/find-snapshot.js";
import type { HubContext } from "../../src/hub/hub-context.js";
import { temporaryFolder } from "../temporary-folder.js";
import { contextFor, messages, startServer } from "./contexts.js";
import { gitHash, type HubServer, refuse, sendFile, sha256 } from "./hub-server.js";

const NAME = { repository: "acme/tiny", revision: "main" };
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const OTHER_COMMIT = "fedcba9876543210fedcba9876543210fedcba98";
const LARGE = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i) % 251));
const FILES = { "config.json": "{}\n", "onnx/model.onnx": LARGE, "README.md": "# tiny\n" };

/** Everything but the README. */
const choose = async (_folder: string, files: readonly string[]) =>
  files.filter((file) => !file.endsWith(".md"));

test("git's hash of a blob is what git hash-object gives", (t) => {
  t.is(gitHash(Buffer.from("hello\n")), "ce013625030ba8dba906f756967f9e9ca394464a");
});

test("a cold pull leaves blobs under their ETags, links in the commit's snapshot, the branch's commit, and nothing else", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  const { folder, commit } = await findSnapshot(NAME, choose, hub);
  t.is(commit, COMMIT);
  const root = join(hub.settings.cache, "models--acme--tiny");
  t.is(folder, join(root, "snapshots", COMMIT));
  t.is(readFileSync(join(root, "refs/main"), "utf8"), COMMIT);
  t.deepEqual(readdirSync(join(root, "blobs")).sort(), [gitHash(Buffer.from("{}\n")), sha256(LARGE)].sort());
  t.is(readlinkSync(join(folder, "onnx/model.onnx")), `../../../blobs/${sha256(LARGE)}`);
  t.is(readlinkSync(join(folder, "config.json")), `../../blobs/${gitHash(Buffer.from("{}\n"))}`);
  t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
  t.false(existsSync(join(folder, "README.md")));
  t.deepEqual(readdirSync(join(hub.settings.cache, ".locks/models--acme--tiny")), []);
});

test("a warm start asks nobody", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  const { folder } = await findSnapshot(NAME, choose, hub);
  const { length } = server.seen;
  t.is((await findSnapshot(NAME, choose, hub)).folder, folder);
  const offline = { ...hub, settings: { ...hub.settings, offline: true } };
  t.is((await findSnapshot(NAME, choose, offline)).folder, folder);
  t.is(server.seen.length, length);
});

test("a revision stays at its commit until it is pulled, and then only what changed is fetched", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  server.add(NAME.repository, { ...FILES, "config.json": '{"a": 1}\n' }, { commit: OTHER_COMMIT });
  t.is((await findSnapshot(NAME, choose, hub)).commit, COMMIT);
  const { snapshot, fetched } = await pullSnapshot(NAME, choose, hub);
  t.is(snapshot.commit, OTHER_COMMIT);
  t.deepEqual(fetched, { files: 1, bytes: 9 });
  t.is(server.seen.filter(({ host }) => host === "cdn").length, 1);
  t.is((await findSnapshot(NAME, choose, hub)).commit, OTHER_COMMIT);
  const first = await findSnapshot({ ...NAME, revision: COMMIT }, choose, hub);
  t.is(readFileSync(join(first.folder, "config.json"), "utf8"), "{}\n");
});

test("a branch with a slash, a tag and a commit are revisions", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT, revisions: { "refs/pr/1": COMMIT, "v1.0": COMMIT } });
  const hub = contextFor(t, server);
  for (const revision of ["refs/pr/1", "v1.0", COMMIT])
    t.is((await findSnapshot({ ...NAME, revision }, choose, hub)).commit, COMMIT);
  t.is(server.seen.filter(({ host }) => host === "cdn").length, 1);
});

test("a listing comes in pages", async (t) => {
  const server = await startServer(t);
  server.page = 1;
  server.add(NAME.repository, FILES);
  const { files } = await findSnapshot(NAME, choose, contextFor(t, server));
  t.deepEqual(
    files?.map(({ path }) => path),
    Object.keys(FILES),
  );
});

test("a connection that is cut is resumed at its byte", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const cuts = [10_000, 40_000, 40_001, 70_000, 80_000, 90_000, 99_999];
  const left = [...cuts];
  let cut = () => {};
  server.fault = ({ host, range }, response) => {
    const end = host === "cdn" && left.shift();
    if (!end) return false;
    const start = Number(/\d+/.exec(range ?? "")?.[0] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": LARGE.length - start,
      "content-range": `bytes ${start}-${LARGE.length - 1}/${LARGE.length}`,
    });
    response.write(LARGE.subarray(start, end));
    cut = () => response.destroy();
    return true;
  };
  const hub = contextFor(t, server);
  const before = Buffer.from(FILES["config.json"]).length;
  // What has not been read when a connection is cut is lost.
  const tell: typeof hub.tell = (event) => {
    if (event.kind === "progress" && cuts.includes(event.done - before)) cut();
  };
  const { folder } = await findSnapshot(NAME, choose, { ...hub, tell });
  t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
  const ranges = server.seen.filter(({ host }) => host === "cdn").map(({ range }) => range);
  t.deepEqual(ranges, [undefined, ...cuts.map((at) => `bytes=${at}-`)]);
  // Each brought something, so that none counts as the second in a row.
  t.deepEqual(hub.waits, new Array(7).fill(1000));
});

test("what an earlier process left is gone on with, unless the server knows no ranges, or it is longer than the file", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  for (const [left, range, knowsRanges] of [
    [LARGE.subarray(0, 30_000), "bytes=30000-", true],
    [LARGE.subarray(0, 30_000), "bytes=30000-", false],
    [Buffer.alloc(LARGE.length + 1), undefined, true],
  ] as const) {
    const hub = contextFor(t, server);
    const blobs = join(hub.settings.cache, "models--acme--tiny/blobs");
    await mkdir(blobs, { recursive: true });
    writeFileSync(join(blobs, `${sha256(LARGE)}.crisscross.incomplete`), left);
    server.fault = ({ host }, response) => {
      if (host === "hub" || knowsRanges) return false;
      sendFile(response, LARGE, undefined);
      return true;
    };
    const { folder } = await findSnapshot(NAME, choose, hub);
    t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
    t.is(server.seen.at(-1)?.range, range);
    t.is(readdirSync(blobs).length, 2);
  }
});

test("a server that does not have the byte begins anew", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  const blobs = join(hub.settings.cache, "models--acme--tiny/blobs");
  await mkdir(blobs, { recursive: true });
  writeFileSync(join(blobs, `${sha256(LARGE)}.crisscross.incomplete`), LARGE.subarray(0, 5));
  server.fault = ({ range }, response) => {
    if (range === undefined) return false;
    refuse(response, 416);
    return true;
  };
  const { folder } = await findSnapshot(NAME, choose, hub);
  t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
});

test("a connection on which nothing comes any more is given up and resumed", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  let isFirst = true;
  server.fault = ({ host }, response) => {
    if (host === "hub" || !isFirst) return false;
    isFirst = false;
    response.writeHead(200, { "content-length": LARGE.length });
    response.write(LARGE.subarray(0, 1000));
    return true;
  };
  const hub = { ...contextFor(t, server), stallMs: 1000 };
  const { folder } = await findSnapshot(NAME, choose, hub);
  t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
  t.is(server.seen.at(-1)?.range, "bytes=1000-");
});

test("a wrong hash is refused and nothing of it is kept, of a large file and of one of Git's", async (t) => {
  for (const path of ["onnx/model.onnx", "config.json"] as const) {
    const server = await startServer(t);
    server.add(NAME.repository, FILES);
    server.fault = (seen, response) => {
      if (!seen.path.endsWith(path) || (seen.host === "hub" && path !== "config.json")) return false;
      sendFile(response, Buffer.alloc(Buffer.from(FILES[path]).length), undefined);
      return true;
    };
    const hub = contextFor(t, server);
    await t.throwsAsync(findSnapshot(NAME, choose, hub), {
      instanceOf: ModelError,
      message: new RegExp(
        `acme/tiny: the file that came as ${path} is not the one that the hub lists: its hash is wrong\\. It was removed`,
      ),
    });
    const blobs = readdirSync(join(hub.settings.cache, "models--acme--tiny/blobs"));
    t.deepEqual(
      blobs.filter((blob) => blob.startsWith(sha256(LARGE)) || blob.includes("incomplete")),
      [],
    );
    t.false(existsSync(join(hub.settings.cache, "models--acme--tiny/refs")));
    server.fault = () => false;
    t.truthy(await findSnapshot(NAME, choose, hub));
  }
});

test("a blob that is cut short in the cache is fetched again", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  writeFileSync(join(hub.settings.cache, "models--acme--tiny/blobs", sha256(LARGE)), "cut");
  const { folder } = await findSnapshot(NAME, choose, hub);
  t.deepEqual(readFileSync(join(folder, "onnx/model.onnx")), LARGE);
});

const UNSAFE = ["../evil", "a/../../evil", "/etc/evil", "a//b", "./a", "a\\..\\evil", "C:evil", ""];

for (const path of UNSAFE)
  test(`a repository with a file ${JSON.stringify(path)} is refused`, async (t) => {
    const server = await startServer(t);
    server.add(NAME.repository, { ...FILES, [path]: "evil" });
    const hub = contextFor(t, server);
    await t.throwsAsync(findSnapshot(NAME, choose, hub), {
      instanceOf: ModelError,
      message: /acme\/tiny: lists a file outside of its folder, ".*"\. Do not use it\./,
    });
    t.deepEqual(readdirSync(hub.settings.cache), []);
  });

test("links that lead out of the cache are refused: a file's, a blob's, a folder's", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const outside = contextFor(t, server).settings.cache;
  writeFileSync(join(outside, "model"), LARGE);
  const message =
    /acme\/tiny: .* is a link that leads out of the cache, to .*Remove it, and fetch the encoder again/;

  const warm = contextFor(t, server);
  const { folder } = await findSnapshot(NAME, choose, warm);
  unlinkSync(join(folder, "onnx/model.onnx"));
  symlinkSync(join(outside, "model"), join(folder, "onnx/model.onnx"));
  await t.throwsAsync(findSnapshot(NAME, choose, warm), { instanceOf: ModelError, message });

  const blob = contextFor(t, server);
  await mkdir(join(blob.settings.cache, "models--acme--tiny/blobs"), { recursive: true });
  symlinkSync(join(outside, "model"), join(blob.settings.cache, "models--acme--tiny/blobs", sha256(LARGE)));
  await t.throwsAsync(findSnapshot(NAME, choose, blob), { instanceOf: ModelError, message });

  for (const place of [`snapshots/${COMMIT}/onnx`, "snapshots", "blobs", "refs"]) {
    const cold = contextFor(t, server);
    const path = join(cold.settings.cache, "models--acme--tiny", place);
    await mkdir(join(path, ".."), { recursive: true });
    symlinkSync(outside, path);
    await t.throwsAsync(findSnapshot(NAME, choose, cold), { instanceOf: ModelError, message }, place);
  }
  t.deepEqual(readdirSync(outside), ["model"]);
});

test("a part that is a link is not written through", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  const blobs = join(hub.settings.cache, "models--acme--tiny/blobs");
  await mkdir(blobs, { recursive: true });
  const victim = join(hub.settings.cache, "victim");
  writeFileSync(victim, "");
  symlinkSync(victim, join(blobs, `${sha256(LARGE)}.crisscross.incomplete`));
  await t.throwsAsync(findSnapshot(NAME, choose, hub), { instanceOf: OutputError });
  t.is(readFileSync(victim, "utf8"), "");
});

test("the cache itself may be a link to another disk", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const hub = contextFor(t, server);
  const link = join(hub.settings.cache, "link");
  await mkdir(join(hub.settings.cache, "disk"));
  symlinkSync(join(hub.settings.cache, "disk"), link);
  const linked = { ...hub, settings: { ...hub.settings, cache: link } };
  await findSnapshot(NAME, choose, linked);
  t.truthy(await findSnapshot(NAME, choose, { ...linked, settings: { ...linked.settings, offline: true } }));
});

test("more than the disk has room for is refused before it is fetched", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  await mkdir(join(hub.settings.cache, "models--acme--tiny/trees"), { recursive: true });
  const huge = { size: 2 ** 52, blob_id: COMMIT };
  writeFileSync(
    join(hub.settings.cache, `models--acme--tiny/trees/${COMMIT}.json`),
    JSON.stringify({ format_version: 1, files: { "model.onnx": huge } }),
  );
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    instanceOf: OutputError,
    message:
      /acme\/tiny: takes 4,503,599,628 MB more, but [\d,]+ MB are free in .*set HF_HOME to a folder on another disk/,
  });
  t.is(server.sent("model.onnx"), 0);
});

test("room is needed for what is still to be fetched alone", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  const root = join(hub.settings.cache, "models--acme--tiny");
  // Half of a file that is larger than any disk, and all of another.
  const [half, whole] = ["1", "2"].map((digit) => digit.repeat(40));
  const huge = (blob_id: string) => ({ size: 2 ** 43, blob_id });
  for (const folder of ["trees", "blobs"]) await mkdir(join(root, folder), { recursive: true });
  const files = { "half.onnx": huge(half), "whole.onnx": huge(whole) };
  writeFileSync(join(root, `trees/${COMMIT}.json`), JSON.stringify({ format_version: 1, files }));
  for (const [name, bytes] of [
    [`${half}.crisscross.incomplete`, 2 ** 43 - 10],
    [whole, 2 ** 43],
  ] as const) {
    writeFileSync(join(root, "blobs", name), "");
    truncateSync(join(root, "blobs", name), bytes);
  }
  await t.throwsAsync(findSnapshot(NAME, choose, hub), {
    message: /the hub does not have its file half\.onnx/,
  });
});

test("a write that is cut short leaves nothing among the revisions", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  const root = join(hub.settings.cache, "models--acme--tiny");
  // What is renamed last cannot take the place of a folder.
  await mkdir(join(root, "refs/main"), { recursive: true });
  await t.throwsAsync(findSnapshot(NAME, choose, hub), { instanceOf: OutputError });
  t.deepEqual(readdirSync(join(root, "refs")), ["main"]);
});

test("two at once fetch once: the second waits for the first", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES);
  const [first, second] = [contextFor(t, server), contextFor(t, server)];
  const turns = async () => new Promise<void>((resolve) => setImmediate(resolve));
  const shared = { ...second, settings: first.settings, wait: turns };
  const [one, other] = await Promise.all([
    findSnapshot(NAME, choose, { ...first, wait: turns }),
    findSnapshot(NAME, choose, shared),
  ]);
  t.deepEqual(one, other);
  t.is(server.seen.filter(({ host }) => host === "cdn").length, 1);
  t.is(server.sent("config.json"), 1);
  t.regex(
    messages([...first.events, ...second.events]).join(),
    /waiting: acme\/tiny: process \d+ on .* is working there/,
  );
});

test("a cache without a list of files asks the hub for it; when that is away it is used, with a warning", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  const root = join(hub.settings.cache, "models--acme--tiny");
  const snapshot = join(root, "snapshots", COMMIT);
  await mkdir(join(root, "refs"), { recursive: true });
  await mkdir(snapshot, { recursive: true });
  writeFileSync(join(root, "refs/main"), COMMIT);
  writeFileSync(join(snapshot, "config.json"), "{}\n");
  const offline = { ...hub, settings: { ...hub.settings, offline: true } };
  t.deepEqual(await findSnapshot(NAME, choose, offline), { folder: snapshot, commit: COMMIT });
  t.regex(
    messages(hub.events)[0],
    /acme\/tiny: is used as it is in the cache.*HF_HUB_OFFLINE is set.*may be missing/,
  );
  server.fault = (_, response) => {
    refuse(response, 503);
    return true;
  };
  t.deepEqual(await findSnapshot(NAME, choose, hub), { folder: snapshot, commit: COMMIT });
  server.fault = () => false;
  await findSnapshot(NAME, choose, hub);
  t.deepEqual(readFileSync(join(snapshot, "onnx/model.onnx")), LARGE);
  const { length } = server.seen;
  await findSnapshot(NAME, choose, hub);
  t.is(server.seen.length, length);
});

test("a cache without refs/ is used at its only commit where the hub cannot say which is meant; of several one is to be named", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  const { folder } = await findSnapshot(NAME, choose, hub);
  const root = join(hub.settings.cache, "models--acme--tiny");
  rmSync(join(root, "refs"), { recursive: true });
  const offline = { ...hub, settings: { ...hub.settings, offline: true } };
  t.is((await findSnapshot(NAME, choose, offline)).folder, folder);
  t.regex(
    messages(hub.events).join(),
    new RegExp(`no refs/main, .* The only one that is there is used, ${COMMIT}`),
  );
  server.fault = (_, response) => {
    refuse(response, 503);
    return true;
  };
  t.is((await findSnapshot(NAME, choose, hub)).folder, folder);
  for (const cached of [{ ...NAME, revision: "v2" }, NAME]) {
    await t.throwsAsync(findSnapshot(cached, choose, offline), {
      instanceOf: ModelError,
      message: new RegExp(
        `is in the cache at ${COMMIT}.* does not say which commit .*acme/tiny@${COMMIT}\\.`,
      ),
    });
    await mkdir(join(root, "snapshots", OTHER_COMMIT), { recursive: true });
  }
  t.is((await findSnapshot({ ...NAME, revision: COMMIT }, choose, offline)).folder, folder);
});

/** A snapshot as a client leaves it that keeps no lists of files. */
async function unlisted(hub: HubContext, server: HubServer) {
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const { folder } = await findSnapshot(NAME, choose, hub);
  const root = join(hub.settings.cache, "models--acme--tiny");
  rmSync(join(root, "trees"), { recursive: true });
  rmSync(join(hub.settings.cache, ".locks"), { recursive: true });
  return { folder, root, offline: { ...hub, settings: { ...hub.settings, offline: true } } };
}

test("a cache that is whole is used where nothing can be written, though it has no list of files", async (t) => {
  const server = await startServer(t);
  const hub = contextFor(t, server);
  const { folder, root } = await unlisted(hub, server);
  for (const place of [join(root, "trees"), join(hub.settings.cache, ".locks")]) writeFileSync(place, "");
  const { files } = await findSnapshot(NAME, choose, hub);
  t.is(files?.length, Object.keys(FILES).length);
  unlinkSync(join(folder, "config.json"));
  await t.throwsAsync(findSnapshot(NAME, choose, hub), { instanceOf: OutputError });
});

test("without a list of files, a link that leads nowhere is missing, and one out of the cache refused", async (t) => {
  const server = await startServer(t);
  const hub = contextFor(t, server);
  const { folder, root, offline } = await unlisted(hub, server);
  unlinkSync(join(root, "blobs", sha256(LARGE)));
  await t.throwsAsync(findSnapshot(NAME, choose, offline), {
    instanceOf: ModelError,
    message: /acme\/tiny: is in the cache without onnx\/model\.onnx, .*Unset it and run/,
  });
  const outside = join(temporaryFolder(t), "model");
  writeFileSync(outside, LARGE);
  unlinkSync(join(folder, "onnx/model.onnx"));
  symlinkSync(outside, join(folder, "onnx/model.onnx"));
  await t.throwsAsync(findSnapshot(NAME, choose, offline), {
    instanceOf: ModelError,
    message: /acme\/tiny: .* is a link that leads out of the cache/,
  });
});

test("a listing or a reference that makes no sense counts as none", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, FILES, { commit: COMMIT });
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  const root = join(hub.settings.cache, "models--acme--tiny");
  for (const tree of ["{", '{"format_version": 2}', '{"format_version": 1, "files": {"../x": {"size": 1}}}'])
    for (const ref of ["", "../../../etc", COMMIT]) {
      writeFileSync(join(root, `trees/${COMMIT}.json`), tree);
      writeFileSync(join(root, "refs/main"), ref);
      t.is((await findSnapshot(NAME, choose, hub)).commit, COMMIT);
      t.is(readFileSync(join(root, "refs/main"), "utf8"), COMMIT);
    }
});
