/**
 * The loop with `pipelines/finetune.py` as its trainer, end to end: mines with a Transformer, fine-tunes its last layers on
 * what it mined, mines again with that, and compares the vectors of its ONNX model with PyTorch's of the same folder.
 *
 *   node dist/test/bench/command-trainer.js --encoder FOLDER [--language ja] [--sentences 1500] [--steps 100]
 *     [--batch 32] [--threads 2] [--python python3]
 *
 * The folder has an ONNX model and PyTorch weights: `python3 ../shared/models/expand.py FOLDER --torch` makes that of
 * multilingual-e5-small. The Python has what the pipeline asks for. Texts and gold are of `parallel/`, taken apart
 * as `pipelines/criss-experiment` does it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { takeApart } from "../../pipelines/criss-experiment/thirds.js";
import { crissStatus, openEncoder } from "../../src/index.js";
import { cosinesOfRows } from "../../src/search/cosines-of-rows.js";
import { describeMachine } from "./machine.js";
import { startPython } from "./python.js";
import { sharedPath } from "./shared.js";
import { vectorsOf } from "./vectors-of.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    language: { type: "string", default: "ja" },
    sentences: { type: "string", default: "1500" },
    steps: { type: "string", default: "100" },
    batch: { type: "string", default: "32" },
    threads: { type: "string", default: "2" },
    python: { type: "string", default: "python3" },
  },
});
if (values.encoder === undefined) throw new Error("Give --encoder, a folder with PyTorch weights, too.");
const { encoder, language, python } = values;
const threads = Number(values.threads);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const run = join(folder, "run");
const file = join(sharedPath("data/parallel"), `en-${language}.tsv.xz`);
const rows = Math.round(1.5 * Number(values.sentences));
const { other, english, gold } = await takeApart(file, join(folder, "texts"), { rows });

const finetune = `'${python}' pipelines/finetune.py --steps ${values.steps} --batch ${values.batch}`;
const options = ["--rounds", "1", "--quantile", "0.3", "--threads", values.threads, "--run", run];
console.log(
  `${describeMachine()} · 1 round on ${values.sentences} sentences a side, ${language} and en\n${finetune}`,
);
const { status } = spawnSync(
  process.execPath,
  [
    ...[
      "dist/cli/crisscross.js",
      "criss",
      "--pair",
      `${language}=${other},en=${english}`,
      "--encoder",
      encoder,
    ],
    ...["--command", finetune],
    ...["--gold", `${language}-en=${gold}`, ...options],
  ],
  { stdio: "inherit" },
);
if (status !== 0) throw new Error("The loop ended with an error, which stands above.");

const [before, after] = (await crissStatus(run)).rounds.map(({ mean }) => mean.precisionAt1!);
console.log(
  `P@1 ${before.toFixed(3)} → ${after.toFixed(3)}: errors × ${((1 - after) / (1 - before)).toFixed(2)}`,
);
const { stages } = JSON.parse(readFileSync(join(run, "manifest.json"), "utf8"));
for (const [stage, { seconds }] of Object.entries<{ seconds: number }>(stages))
  if (seconds >= 1) console.log(`${stage}: ${seconds.toFixed(1)} s`);

const trained = resolve(run, "rounds", "0", "encoder");
const texts = [other, english].flatMap((path) =>
  readFileSync(path, "utf8").trimEnd().split("\n").slice(0, 100),
);
const [textsPath, theirsPath] = ["texts.json", "theirs.f32"].map((name) => join(folder, name));
writeFileSync(textsPath, JSON.stringify(texts));
const torch = startPython(python, "sentence_transformers_encode.py", [trained], threads);
await torch.ask(JSON.stringify({ texts: textsPath, vectors: theirsPath }));
torch.end();
const opened = await openEncoder(trained, { threads });
const ours = await vectorsOf(texts, opened);
await opened.close?.();
const theirs = new Float32Array(new Uint8Array(readFileSync(theirsPath)).buffer);
const least = Math.min(...cosinesOfRows(ours, theirs, opened.dimensions));
console.log(`its ONNX model beside PyTorch, ${texts.length} sentences: least cosine ${least.toFixed(7)}`);
if (!(least >= 0.9999)) process.exitCode = 1;
rmSync(folder, { recursive: true });
