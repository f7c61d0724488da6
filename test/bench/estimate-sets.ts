import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeApart } from "../../pipelines/criss-experiment/thirds.js";
import { sharedPath } from "./shared.js";

/** Two plain texts, and which of their lines translate each other: `line⇥line`, from 1. */
export interface EstimateSet {
  source: string;
  target: string;
  gold: ReadonlySet<string>;
}

/** A text's identified lines: `id⇥sentence`. */
type Lines = readonly (readonly [id: string, text: string])[];

/**
 * A mining set of *dev*: `all` of it; `half`, without the targets of every second gold pair; or with as many other
 * sentences of its language that so many per cent of the sources have a translation.
 */
export function miningSet(language: string, kind: string, folder: string): EstimateSet {
  const base = sharedPath(`data/mining/${language}-en.dev.gold`).slice(0, -".gold".length);
  let [source, target] = [readLines(`${base}.${language}`), readLines(`${base}.en`)];
  const gold = readLines(`${base}.gold`);
  const most = kind === "half" ? gold.length / 2 : gold.length;
  const share = Number(kind) / 100;
  // More sources than these are not there for every language.
  const kept = Number.isNaN(share) ? most : Math.min(most, share * (source.length + 20_000));
  const dropped = new Set(gold.filter((_, i) => (i * 7919) % gold.length >= kept).map(([, id]) => id));
  target = target.filter(([id]) => !dropped.has(id));
  if (!Number.isNaN(share)) {
    const left = gold.length - dropped.size;
    source = [...source, ...otherLines(language, Math.round(left / share) - source.length)];
  }
  return writeSet(folder, source, target, gold);
}

/** Translation pairs of parallel/ or seed/ taken apart, so that half of the sentences have no translation. */
export async function apartSet(
  file: string,
  rows: number,
  origin: string | undefined,
  folder: string,
): Promise<EstimateSet> {
  const { other, english, gold } = await takeApart(sharedPath(file), folder, { rows, origin });
  return { source: other, target: english, gold: new Set(readFileSync(gold, "utf8").trimEnd().split("\n")) };
}

function otherLines(language: string, count: number): Lines {
  const rows = execFileSync("xz", ["-dc", sharedPath(`data/parallel/en-${language}.tsv.xz`)], {
    maxBuffer: 2 ** 30,
  });
  const texts = rows
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t")[2]);
  const step = Math.max(1, texts.length / Math.max(1, count));
  return Array.from({ length: Math.max(0, Math.min(count, texts.length)) }, (_, i) => [
    "",
    texts[Math.floor(i * step)],
  ]);
}

function readLines(path: string): Lines {
  const rows = readFileSync(path, "utf8").trimEnd().split("\n");
  return rows.map((row) => {
    const tab = row.indexOf("\t");
    return [row.slice(0, tab), row.slice(tab + 1)];
  });
}

function writeSet(folder: string, source: Lines, target: Lines, gold: Lines): EstimateSet {
  mkdirSync(folder, { recursive: true });
  const set = { source: join(folder, "source"), target: join(folder, "target") };
  const lineOf = (lines: Lines) => new Map(lines.map(([id], line) => [id, line + 1]));
  const [ofSource, ofTarget] = [lineOf(source), lineOf(target)];
  for (const [path, lines] of [
    [set.source, source],
    [set.target, target],
  ] as const)
    writeFileSync(path, `${lines.map(([, text]) => text).join("\n")}\n`);
  const pairs = gold.filter(([, id]) => ofTarget.has(id));
  return { ...set, gold: new Set(pairs.map(([a, b]) => `${ofSource.get(a)}\t${ofTarget.get(b)}`)) };
}
