/**
 * The threshold that is chosen without gold, beside the best one; gold is asked for figures only.
 *
 *   node dist/test/bench/estimate.js [--encoder NAME] [--variant NAME] [--only de,nl] [--sets all,half,5,1]
 *     [--margin ratio] [--retrieval max] [--work .cache/estimate]
 *
 * `all` is mining/*.dev as it is; `half` is without the targets of every second gold pair; `5` and `1` have so many per
 * cent of true pairs, since other sentences of the language are added; `ddtp` takes descriptions of packages apart, for
 * `--encoder ngram`; `seed` takes NLLB-Seed apart. About 15 minutes for the first four with the built-in encoder.
 *
 * `given` scores bitexts that are made of gold pairs of mining/*.dev and of wrong ones, 20, 50 and 80 % right; `mined50` is one kind of them alone. About 10 minutes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bestBucc, buccAt } from "../../src/evaluate/bucc.js";
import {
  type EstimatedPoint,
  type Margin,
  mine,
  OptionError,
  type Retrieval,
  type ScoredPair,
  scorePairs,
  selectRun,
} from "../../src/index.js";
import { apartSet, type EstimateSet, miningSet } from "./estimate-sets.js";
import { givenSet, type LabelledPair, type Material, WRONG_KINDS, type WrongKind } from "./given-sets.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    variant: { type: "string" },
    only: { type: "string" },
    sets: { type: "string", default: "all,half" },
    margin: { type: "string", default: "ratio" },
    retrieval: { type: "string", default: "max" },
    threads: { type: "string" },
    work: { type: "string", default: ".cache/estimate" },
  },
});
const margin = values.margin as Margin;
const retrieval = values.retrieval as Retrieval;
const how = {
  encoder: values.encoder,
  variant: values.variant,
  threads: values.threads === undefined ? undefined : Number(values.threads),
};
const named = (names: string[]) => values.only?.split(",") ?? names;

console.log(`${describeMachine()} · ${values.encoder ?? "builtin"} · ${margin}`);
const GIVEN = WRONG_KINDS.flatMap((wrong) => [20, 50, 80].map((right) => `${wrong}${right}`));
for (const kind of values.sets.replace("given", GIVEN.join(",")).split(",")) {
  const losses: number[] = [];
  const errors: number[] = [];
  for (const name of namesOf(kind)) {
    const folder = join(values.work, `${kind}-${name}`);
    const encoder = values.encoder?.replaceAll("/", "-");
    const told = GIVEN.includes(kind)
      ? await measureGiven(name, kind, join(values.work, `all-${name}`, `run-${encoder}`))
      : await measure(await setOf(kind, name, folder), join(folder, `run-${encoder}`));
    console.log(`${kind} ${name}: ${told.line}`);
    if (told.loss === undefined) continue;
    losses.push(told.loss);
    errors.push(told.error);
  }
  const mean = (of: number[]) => (of.reduce((sum, value) => sum + value, 0) / of.length).toFixed(4);
  const most = Math.max(...losses).toFixed(3);
  console.log(
    `${kind}: F1 below the best by ${mean(losses)} in the mean and ${most} at most; precision off by ${mean(errors.map(Math.abs))} in the mean (${mean(errors)} with its sign)`,
  );
}

function namesOf(kind: string): string[] {
  if (kind === "ddtp") return named(["de", "ru", "ja"]);
  const [folder, pattern] =
    kind === "seed" ? ["seed", /^en-(.*)\.tsv\.xz$/] : ["mining", /^(..)-en\.dev\.gold$/];
  return named(readdirSync(sharedPath(`data/${folder}`)).flatMap((file) => pattern.exec(file)?.[1] ?? []));
}

function setOf(kind: string, name: string, folder: string): EstimateSet | Promise<EstimateSet> {
  if (kind === "ddtp")
    return apartSet(`data/parallel/en-${name}.tsv.xz`, name === "de" ? 20_000 : 10_000, "ddtp", folder);
  if (kind === "seed")
    return apartSet(`data/seed/en-${name}.tsv.xz`, Number.POSITIVE_INFINITY, undefined, folder);
  return miningSet(name, kind, folder);
}

type Told = { line: string } & ({ loss: number; error: number } | { loss?: undefined });

async function measure({ source, target, gold }: EstimateSet, run: string): Promise<Told> {
  for await (const _ of mine(source, target, { ...how, run, read: { format: "text" } }));
  const isRight = ({ source, target }: ScoredPair) =>
    source.lines.some((a) => target.lines.some((b) => gold.has(`${a}\t${b}`)));
  const predictions: Prediction[] = [];
  for await (const pair of selectRun(run, { margin, retrieval }))
    predictions.push({ score: pair.score, correct: isRight(pair) });
  return compare(predictions, gold.size, async (onSummary) => {
    for await (const _ of selectRun(run, { margin, retrieval, threshold: "auto", onSummary }));
  });
}

/** A bitext of a kind, such as `mined50`. */
async function measureGiven(name: string, kind: string, run: string): Promise<Told> {
  const [wrong, right] = [kind.slice(0, -2), Number(kind.slice(-2))];
  const pairs = givenSet(await materialOf(name, run), wrong as WrongKind, right / 100);
  const options = { ...how, score: margin as "ratio" };
  const predictions: Prediction[] = [];
  for await (const { score, right } of scorePairs(pairs, options))
    if (!Number.isNaN(score)) predictions.push({ score, correct: right });
  const size = pairs.filter(({ right }) => right).length;
  return compare(predictions, size, async (onSummary) => {
    for await (const _ of scorePairs(pairs, { ...options, threshold: "auto", onSummary }));
  });
}

async function materialOf(name: string, run: string): Promise<Material> {
  const { source, target, gold } = miningSet(name, "all", join(run, ".."));
  const [sources, targets] = [source, target].map((path) => readFileSync(path, "utf8").split("\n"));
  const wrong: LabelledPair[] = [];
  for await (const pair of mine(source, target, { ...how, run, read: { format: "text" } }))
    if (!pair.source.lines.some((a) => pair.target.lines.some((b) => gold.has(`${a}\t${b}`))))
      wrong.push({ source: pair.source.text, target: pair.target.text, right: false });
  const right = Array.from(gold, (lines) => lines.split("\t").map((line) => Number(line) - 1));
  return {
    gold: right.map(([a, b]) => ({ source: sources[a], target: targets[b], right: true })),
    wrong,
  };
}

interface Prediction {
  score: number;
  correct: boolean;
}

/** Compares the threshold that a job tells with the best one. */
async function compare(
  predictions: Prediction[],
  gold: number,
  tell: (onSummary: (summary: { estimate?: EstimatedPoint }) => void) => Promise<void>,
): Promise<Told> {
  const best = bestBucc(predictions, gold);
  let estimate: EstimatedPoint | undefined;
  try {
    await tell((summary) => {
      estimate = summary.estimate;
    });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return {
      line: `best F1 ${best.f1.toFixed(3)} (precision ${best.precision.toFixed(2)}); ${error.problem}`,
    };
  }
  const { threshold, precision, low, high } = estimate!;
  const at = buccAt(predictions, gold, threshold);
  const figures = [
    `F1 ${at.f1.toFixed(3)} at ${threshold.toFixed(4)}`,
    `best ${best.f1.toFixed(3)} at ${best.threshold?.toFixed(4)}`,
    `precision ${at.precision.toFixed(3)}, estimated ${precision.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`,
  ];
  return { line: figures.join(" · "), loss: best.f1 - at.f1, error: precision - at.precision };
}
