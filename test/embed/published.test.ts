import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { knownDimensions } from "../../src/embed/known-dimensions.js";
import { writeTensors } from "../../src/store/arrays/write-tensors.js";
import { temporaryFolder } from "../temporary-folder.js";
import { open, staticFolder, TRANSFORMER } from "./folders.js";

/** What is published of an encoder that people mine with. */
interface Published {
  name: string;
  licence: string;
  languages: string;
  kind: "transformer" | "static";
  dimensions: number;
  /** In tokens; null where there is no limit. */
  longestInput: number | null;
  /** What its card asks to put before a sentence. */
  prompt: string;
  pooling?: "cls" | "mean";
  then: string[];
  files: Record<string, unknown>;
}

const PLACE = "test/embed/published";
const published: Published[] = readdirSync(PLACE).map((file) =>
  JSON.parse(readFileSync(join(PLACE, file), "utf8")),
);

/** A folder with an encoder's configuration, and weights for vectors of another width. */
async function folderOf(
  t: ExecutionContext,
  { files, kind, then }: Published,
  width: number,
): Promise<string> {
  const folder = temporaryFolder(t);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(content));
  }
  if (kind === "static") {
    const table = join(folder, (files["modules.json"] as { path: string }[])[0].path);
    mkdirSync(table, { recursive: true });
    const from = staticFolder("config.json" in files ? "normalised" : "sentence-transformers");
    for (const name of ["tokenizer.json", "model.safetensors"])
      copyFileSync(join(from, name), join(table, name));
    return folder;
  }
  mkdirSync(join(folder, "onnx"));
  for (const name of ["tokenizer.json", "onnx/model.onnx", "onnx/model.onnx_data"])
    copyFileSync(join(TRANSFORMER, name), join(folder, name));
  // Half of what comes, and a quarter more on the last: x → tanh(x / 2 + b).
  const half = Float32Array.from({ length: width * width }, (_, i) => (i % (width + 1) === 0 ? 0.5 : 0));
  const bias = Float32Array.from({ length: width }, (_, i) => (i === width - 1 ? 0.25 : 0));
  if (then.some((step) => step.startsWith("dense")))
    await writeTensors(join(folder, "2_Dense/model.safetensors"), [
      { name: "linear.weight", shape: [width, width], blocks: [half] },
      { name: "linear.bias", shape: [width], blocks: [bias] },
    ]);
  return folder;
}

for (const encoder of published) {
  const { name, kind, dimensions, longestInput, prompt, pooling, then, files, languages, licence } = encoder;

  test(`${name}: its configuration is read as it is published`, async (t) => {
    const folder = await readEncoderFolder(await folderOf(t, encoder, dimensions));
    t.is(folder.modules.input.kind, kind);
    if (pooling) t.deepEqual(folder.modules.pooling, [pooling]);
    t.deepEqual(
      folder.modules.steps.map((step) => step.name),
      then,
    );
    const { prompts = {} } = (files["config_sentence_transformers.json"] ?? {}) as { prompts?: object };
    t.deepEqual(folder.prompts, { named: prompts as Record<string, string>, defaultName: undefined });
    // The table here is of another encoder.
    if (kind === "transformer") t.is(await knownDimensions(folder), dimensions);
  });

  test(`${name}: opened, it makes vectors as it is published`, async (t) => {
    const folder = await folderOf(t, encoder, 2);
    const opened = await open(folder, t, { prompt });
    t.is(opened.maxTokens, longestInput ?? undefined);
    t.deepEqual(opened.prompts, prompt === "" ? undefined : { source: prompt, target: prompt });
    const vector = [...(await (await open(folder, t)).encode(["the mill"]))];
    if (kind === "static") {
      if (then.includes("normalise")) t.true(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
      return;
    }
    // The vectors of [CLS] the mill [SEP] are (1, 1), (3, 1), (4, 1), (2, 1).
    let [x, y] = pooling === "cls" ? [1, 1] : [2.5, 1];
    if (then.some((step) => step.startsWith("dense"))) [x, y] = [Math.tanh(x / 2), Math.tanh(y / 2 + 0.25)];
    const length = then.includes("normalise") ? Math.hypot(x, y) : 1;
    t.true(Math.abs(vector[0] - x / length) < 1e-6 && Math.abs(vector[1] - y / length) < 1e-6);
  });

  test(`${name}: of its repository, what it needs is chosen`, async (t) => {
    const folder = await folderOf(t, encoder, 2);
    const here = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const others = [
      "README.md",
      "pytorch_model.bin",
      "openvino/model.bin",
      "onnx/model_q4.onnx",
      "vocab.txt",
    ];
    const unlike = kind === "static" ? ["model.onnx"] : ["model.safetensors"];
    const needed = await neededFiles(name, folder, [...here, ...others, ...unlike], { weights: true });
    t.deepEqual(needed.toSorted(), here.filter((path) => path !== "1_Normalize/config.json").toSorted());
  });

  test(`${name}: the encoders' README tells its dimensions, prompt, languages and licence`, (t) => {
    const row = readFileSync("src/embed/README.md", "utf8")
      .split("\n")
      .find((line) => line.startsWith(`| \`${name}\` |`));
    const cells = row?.split("|").map((cell) => cell.trim()) ?? [];
    const told = prompt === "" ? "none" : `\`${prompt.replace("\n", "\\n")}\``;
    t.deepEqual(cells.slice(2, 7), [
      String(dimensions),
      told,
      longestInput === null ? "no limit" : String(longestInput),
      languages,
      licence,
    ]);
  });
}
