import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { moduleFolder } from "./folders.js";

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

test("of a router its configuration is needed first, and then the files of the route that texts take", async (t) => {
  const { folder } = moduleFolder("route-by-default", t);
  const files = filesIn(folder);
  rmSync(join(folder, "router_config.json"));
  const first = await neededFiles("a/router", folder, files, { weights: true });
  t.deepEqual(first.toSorted(), [
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "router_config.json",
  ]);
  const { folder: whole } = moduleFolder("route-by-default", t);
  const needed = await neededFiles("a/router", whole, files, { weights: true });
  const inRoute = needed.filter((file) => /^(document|query)_/.test(file));
  t.true(inRoute.length > 0 && inRoute.every((file) => file.startsWith("document_")));
  for (const file of ["document_2_Dense/model.safetensors", "1_Normalize/config.json", "onnx/model.onnx"])
    t.true(needed.includes(file), file);
});

test("the weights of LayerNorm are needed, and the file that tells what Normalize works on", async (t) => {
  const { folder } = moduleFolder("layer-norm", t);
  const needed = await neededFiles("a/norm", folder, filesIn(folder), { weights: true });
  t.true(needed.includes("2_LayerNorm/model.safetensors") && needed.includes("2_LayerNorm/config.json"));
  const { folder: tokens } = moduleFolder("normalised-tokens", t);
  const ofTokens = await neededFiles("a/tokens", tokens, filesIn(tokens), { weights: true });
  t.true(ofTokens.includes("1_Normalize/config.json"));
});
