/**
 * The threshold that is chosen without gold, beside the best one; gold is asked for figures only.
 *
 *   node dist/test/bench/estimate.js [--encoder NAME] [--variant NAME] [--only de,nl] [--sets all,half,5,1]
 *     [--margin ratio] [--work .cache/estimate]
 *
 * `all` is mining/*.dev as it is; `half` is without the targets of every second gold pair; `5` and `1` have so many per
 * cent of true pairs, since other sentences of the language are added; `ddtp` takes descriptions of packages apart, for
 * `--encoder ngram`; `seed` takes NLLB-Seed apart. About 15 minutes for the first four with the built-in encoder.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bestBucc, buccAt } from "../../src/evaluate/bucc.js";
import { type Margin, type MineSummary, mine, OptionError, selectRun } from "../../src/index.js";
import { apartSet, type EstimateSet, miningSet } from "./estimate-sets.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    variant: { type: "string" },
    only: { type: "string" },
    sets: { type: "string", default: "all,half" },
    margin: { type: "string", default: "ratio" },
    threads: { type: "string" },
    work: { type: "string", default: ".cache/estimate" },
  },
});
const margin = values.margin as Margin;
const named = (names: string[]) => values.only?.split(",") ?? names;

console.log(`${describeMachine()} · ${values.encoder ?? "builtin"} · ${margin}`);
for (const kind of values.sets.split(",")) {
  const losses: number[] = [];
  const errors: number[] = [];
  for (const name of namesOf(kind)) {
    const folder = join(values.work, `${kind}-${name}`);
    const told = await measure(
      await setOf(kind, name, folder),
      join(folder, `run-${values.encoder?.replaceAll("/", "-")}`),
    );
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
  const { encoder, variant, threads } = values;
  const how = {
    run,
    encoder,
    variant,
    read: { format: "text" as const },
    threads: threads === undefined ? undefined : Number(threads),
  };
  for await (const _ of mine(source, target, how));
  const predictions: { score: number; correct: boolean }[] = [];
  for await (const { score, source, target } of selectRun(run, { margin })) {
    const correct = source.lines.some((a) => target.lines.some((b) => gold.has(`${a}\t${b}`)));
    predictions.push({ score, correct });
  }
  const best = bestBucc(predictions, gold.size);
  let summary: MineSummary | undefined;
  try {
    for await (const _ of selectRun(run, {
      margin,
      threshold: "auto",
      onSummary: (given) => (summary = given),
    }));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return {
      line: `best F1 ${best.f1.toFixed(3)} (precision ${best.precision.toFixed(2)}); ${error.problem}`,
    };
  }
  const { threshold, precision, low, high } = summary!.estimate!;
  const at = buccAt(predictions, gold.size, threshold);
  const figures = [
    `F1 ${at.f1.toFixed(3)} at ${threshold.toFixed(4)}`,
    `best ${best.f1.toFixed(3)} at ${best.threshold?.toFixed(4)}`,
    `precision ${at.precision.toFixed(3)}, estimated ${precision.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`,
  ];
  return { line: figures.join(" · "), loss: best.f1 - at.f1, error: precision - at.precision };
}
