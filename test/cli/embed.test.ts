import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

test("embed takes the built-in encoder unless another is named", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const { code, stderr } = await crisscross(["embed", "-", "-o", output], "A mill grinds corn.\n");
  t.is(code, 0, stderr);
  const { space, centre } = JSON.parse(readFileSync(`${output}.json`, "utf8"));
  t.true(space.startsWith("builtin-"));
  t.true(centre);
});

test("mine takes the texts of vectors from where they went, and refuses others with the option to name them", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  cpSync("samples/town.de", at("de.txt"));
  await crisscross(["embed", at("de.txt"), "-o", at("de.npy"), "--quiet"]);
  await crisscross(["embed", "samples/town.en", "-o", at("en.npy"), "--quiet"]);
  const before = await crisscross(["mine", at("de.npy"), at("en.npy")]);
  rmSync(at("de.txt"));
  const gone = await crisscross(["mine", at("de.npy"), at("en.npy")]);
  t.is(gone.code, 1);
  t.regex(gone.stderr, /was embedded from is gone\. Say where it is with --source-text/);
  const given = await crisscross(["mine", at("de.npy"), at("en.npy"), "--source-text", "samples/town.de"]);
  t.is(given.stdout, before.stdout);
  const shard = ["search", at("de.npy"), at("en.npy"), "-o", at("shard"), "--quiet"];
  t.is((await crisscross(shard)).code, 0);
  const guarded = await crisscross([...shard, "--guard", "copies"]);
  t.regex(guarded.stderr, /is gone, which --guard needs\. Say where it is with --source-text/);
});
