import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import { parseHubName } from "../../src/hub/hub-name.js";
import { readHubSettings } from "../../src/hub/settings.js";
import { temporaryFolder } from "../temporary-folder.js";

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
