import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { OptionError } from "../../src/errors.js";
import { findSnapshot, pullSnapshot } from "../../src/hub/find-snapshot.js";
import { parseHubName } from "../../src/hub/hub-name.js";
import { ownBlob } from "../../src/hub/own-blob.js";
import { removeModel } from "../../src/hub/remove-model.js";
import { RepositoryCache } from "../../src/hub/repository-cache.js";
import { readHubSettings } from "../../src/hub/settings.js";
import { lock } from "../../src/store/files/lock.js";
import { temporaryFolder } from "../temporary-folder.js";
import { contextFor, startServer } from "./contexts.js";

const cacheOf = (env: Record<string, string>) => readHubSettings(env).cache;

test("the cache is where Python's huggingface_hub has it", (t) => {
  t.is(cacheOf({}), join(homedir(), ".cache/huggingface/hub"));
  t.is(cacheOf({ XDG_CACHE_HOME: "/x" }), "/x/huggingface/hub");
  t.is(cacheOf({ XDG_CACHE_HOME: "/x", HF_HOME: "/home" }), "/home/hub");
  t.is(cacheOf({ HF_HOME: "~/models" }), join(homedir(), "models/hub"));
  t.is(cacheOf({ HF_HOME: "/home", HUGGINGFACE_HUB_CACHE: "/old" }), "/old");
  t.is(cacheOf({ HUGGINGFACE_HUB_CACHE: "/old", HF_HUB_CACHE: "/cache" }), "/cache");
});

test("the token is HF_TOKEN, or what hf auth login wrote, unless that is switched off", (t) => {
  const HF_HOME = temporaryFolder(t);
  t.is(readHubSettings({ HF_HOME }).token, undefined);
  writeFileSync(join(HF_HOME, "token"), "hf_file\n");
  t.is(readHubSettings({ HF_HOME }).token, "hf_file");
  t.is(readHubSettings({ HF_HOME, HF_TOKEN: " hf_given\n" }).token, "hf_given");
  t.is(readHubSettings({ HF_HOME, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }).token, undefined);
  const HF_TOKEN_PATH = join(HF_HOME, "other", "token");
  mkdirSync(join(HF_HOME, "other"));
  writeFileSync(HF_TOKEN_PATH, "hf_other");
  t.is(readHubSettings({ HF_HOME, HF_TOKEN_PATH }).token, "hf_other");
});

test("the endpoint may be a mirror's, and offline is a switch", (t) => {
  const { endpoint, offline } = readHubSettings({
    HF_ENDPOINT: "https://mirror.example/hub/",
    HF_HUB_OFFLINE: "Yes",
  });
  t.is(endpoint, "https://mirror.example/hub");
  t.true(offline);
  t.false(readHubSettings({ HF_HUB_OFFLINE: "0" }).offline);
  t.is(readHubSettings({ HF_ENDPOINT: " https://mirror.example//\n" }).endpoint, "https://mirror.example");
  for (const wrong of [
    "mirror.example",
    "ftp://mirror.example",
    "https://me:secret@mirror.example",
    "https://:secret@mirror.example",
    "https://mirror.example/?key=secret",
    "https://mirror.example/#secret",
  ]) {
    const error = t.throws(() => readHubSettings({ HF_ENDPOINT: wrong }), { instanceOf: OptionError });
    t.false(error?.message.includes("secret"));
  }
});

test("names of the hub have an owner; paths are none", (t) => {
  const main = (repository: string) => ({ repository, revision: "main" });
  for (const name of [
    "intfloat/multilingual-e5-small",
    "BAAI/bge-m3",
    "a_b/c.d-2.0",
    "Snowflake/snowflake-arctic-embed-l-v2.0",
  ])
    t.deepEqual(parseHubName(name), main(name));
  const paths = [
    "e5",
    "./a/b",
    "../a",
    "/a/b",
    "a/b/",
    "a/b/c",
    "a//b",
    "a/..",
    "a/../b",
    "a\\b",
    "C:/b",
    "a/b c",
    "~/a",
    "a/.b",
  ];
  for (const name of [...paths, "a--b/c", "a/b--c", "a/b.git", "a-/b", "a/b.", "https://host/a/b"])
    t.is(parseHubName(name), undefined, name);
  t.deepEqual(parseHubName("a/b@refs/pr/1"), { repository: "a/b", revision: "refs/pr/1" });
  t.deepEqual(parseHubName("a/b", "v1"), { repository: "a/b", revision: "v1" });
});

/** A cache whose store all repositories share, as Python's huggingface_hub 2 makes it. */
function sharedBlob(t: ExecutionContext) {
  const cache = temporaryFolder(t);
  const snapshot = join(cache, "models--acme--tiny/snapshots/1");
  const blobs = join(cache, "models--acme--tiny/blobs");
  for (const folder of [join(cache, "blobs"), snapshot, blobs]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(cache, "blobs/x"), "weights");
  symlinkSync("../../blobs/x", join(blobs, "x"));
  symlinkSync("../../blobs/x", join(snapshot, "model.onnx"));
  return { cache, snapshot, blobs };
}

test("a shared blob gets a name of the repository's own, whoever does the same at once", async (t) => {
  const { snapshot, blobs } = sharedBlob(t);
  await Promise.all(Array.from({ length: 20 }, () => ownBlob(snapshot, join(snapshot, "model.onnx"))));
  t.deepEqual(readdirSync(blobs), ["x"]);
  t.true(lstatSync(join(blobs, "x")).isFile());
  t.is(readFileSync(join(snapshot, "model.onnx"), "utf8"), "weights");
});

test("what lies elsewhere, which a model may name as its weights, stays a link", async (t) => {
  const { cache, snapshot } = sharedBlob(t);
  const elsewhere = temporaryFolder(t);
  symlinkSync(join(cache, "blobs/x"), join(elsewhere, "link"));
  symlinkSync(join(elsewhere, "link"), join(elsewhere, "weights"));
  await ownBlob(snapshot, join(elsewhere, "weights"));
  t.is(readlinkSync(join(elsewhere, "link")), join(cache, "blobs/x"));
});

const NAME = { repository: "acme/tiny", revision: "main" };
const [FIRST, SECOND] = ["1", "2"].map((digit) => digit.repeat(40));

const choose = async (_folder: string, files: readonly string[]) => [...files];

test("what was pulled while a removal waited is seen", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, { "config.json": "1" }, { commit: FIRST });
  const hub = contextFor(t, server);
  const { folder } = await findSnapshot(NAME, choose, hub);
  server.add(NAME.repository, { "config.json": "2" }, { commit: SECOND });
  const { lockPath } = new RepositoryCache(hub.settings.cache, NAME.repository);
  const held = await lock(lockPath, "the pull");
  const wait = async () => {
    await held[Symbol.asyncDispose]();
    await pullSnapshot(NAME, choose, hub);
  };
  const { commits } = await removeModel(NAME.repository, FIRST, { ...hub, wait });
  t.deepEqual(commits, [FIRST]);
  t.false(existsSync(folder));
  t.true(existsSync(join(folder, "..", SECOND, "config.json")));
});

test("what cannot be read of another repository, which may be on its way out, is no hindrance", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, { "config.json": "1" }, { commit: FIRST });
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  const other = join(hub.settings.cache, "models--acme--other");
  mkdirSync(join(other, "snapshots", FIRST), { recursive: true });
  writeFileSync(join(other, "refs"), "");
  t.deepEqual((await removeModel(NAME.repository, undefined, hub)).commits, [FIRST]);
});
