/**
 * The pairs that crisscross and a FAISS script mine from the same vectors of mining/de-en.dev.
 *
 *   node dist/test/bench/faiss-pairs.js --encoder FOLDER [--variant NAME] [--python python3]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Encoder, mine, openEncoder } from "../../src/index.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    variant: { type: "string" },
    python: { type: "string", default: "python3" },
  },
});

const stem = join(sharedPath("data/mining"), "de-en.dev");
const encoder = await openEncoder(values.encoder, { variant: values.variant });
const source = await embedDistinct(`${stem}.de`);
const target = await embedDistinct(`${stem}.en`);

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "source.f32"), Buffer.concat([...source.values()].map(bytesOf)));
writeFileSync(join(folder, "target.f32"), Buffer.concat([...target.values()].map(bytesOf)));
const script = ["test/bench/margin_pairs.py", folder, String(encoder.dimensions), "4"];
const printed = execFileSync(values.python, script, { encoding: "utf8", maxBuffer: 2 ** 28 });
rmSync(folder, { recursive: true });

const [sources, targets] = [[...source.keys()], [...target.keys()]];
const theirs = new Map(
  printed
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t").map(Number))
    .map(([x, y, score]) => [`${sources[x]}\t${targets[y]}`, score]),
);

const lookUp: Encoder = {
  space: encoder.space,
  dimensions: encoder.dimensions,
  encode: async (texts) =>
    Float32Array.from(texts.flatMap((text) => [...(source.get(text) ?? target.get(text)!)])),
};
let [ours, common, largest] = [0, 0, 0];
for await (const pair of mine(sources, targets, { encoder: lookUp })) {
  ours++;
  const score = theirs.get(`${pair.source.text}\t${pair.target.text}`);
  if (score === undefined) continue;
  common++;
  largest = Math.max(largest, Math.abs(score - pair.score));
}
console.log(`${encoder.space}: crisscross ${ours} pairs, FAISS ${theirs.size}, in common ${common}`);
console.log(`largest difference of a score: ${largest.toExponential(1)}`);

async function embedDistinct(path: string): Promise<Map<string, Float32Array>> {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const texts = [...new Set(lines.map((line) => line.split("\t")[1].trim()))];
  const { dimensions } = encoder;
  const vectors = await encoder.encode(texts);
  return new Map(texts.map((text, i) => [text, vectors.subarray(i * dimensions, (i + 1) * dimensions)]));
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
