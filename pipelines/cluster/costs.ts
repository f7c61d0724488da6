/**
 * What the workflow needs for one pair of languages, by the rates of rates.ts, and what that assumes: jobs, core-hours,
 * memory, disk, and what is read over the network.
 *
 *   node dist/pipelines/cluster/costs.js [--sentences 1e8,1e9] [--dimensions 384] [--encoder e5-small] [--index ivf]
 *     [--shard 1e7]
 */
import { parseArgs } from "node:util";
import { ASSUMPTIONS } from "./assumptions.js";
import { formatCosts } from "./format-costs.js";
import { EMBEDDED, type Encoder, type Index, MULTIPLIED } from "./rates.js";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    sentences: { ...text, default: "1e8,1e9" },
    dimensions: { ...text, default: "384" },
    encoder: { ...text, default: "e5-small" },
    index: { ...text, default: "ivf" },
    shard: { ...text, default: "1e7" },
  },
});
const cut = {
  dimensions: wholeOf("dimensions", values.dimensions),
  shard: wholeOf("shard", values.shard),
  encoder: oneOf("encoder", values.encoder, Object.keys(EMBEDDED)) as Encoder,
  index: oneOf("index", values.index, Object.keys(MULTIPLIED)) as Index,
};
const sizes = values.sentences.split(",").map((size) => wholeOf("sentences", size));
const tables = sizes.map((sentences) => formatCosts({ ...cut, sentences }));
console.log([...tables, ASSUMPTIONS].join("\n\n"));

function wholeOf(name: string, given: string): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} is ${given}; expected a whole number above 0, such as 1e8.`);
}

function oneOf(name: string, given: string, known: readonly string[]): string {
  if (known.includes(given)) return given;
  throw new Error(`--${name} is ${given}; expected one of ${known.join(", ")}.`);
}
