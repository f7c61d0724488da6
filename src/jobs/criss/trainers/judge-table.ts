import { meanOfRows } from "../../../embed/mean.js";
import type { OpenTable } from "../../../embed/static/open-table.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { DEFAULT_K } from "../../../steps/neighbours/k.js";
import { type Bags, joinBags } from "../../../train/bags.js";
import { hideKnown, knowRows, type PairBags } from "../../../train/hide-known.js";
import { sumRows } from "../../../train/sum-rows.js";
import type { Texts } from "../../../types/texts.js";
import type { Vectors } from "../../../types/vectors.js";
import { searchClosedSet } from "../../evaluate/search-closed-set.js";
import type { Bitext, BitextGroup, TextPairs } from "../rounds/bitext.js";
import type { Learned } from "./trainer.js";

/** Some texts' pieces, cut as in training. */
export type TakeBags = (texts: Texts, indices: ArrayLike<number>) => Promise<Bags>;

/** Among so many other pairs at most the held-out ones are looked for. */
const MOST_OTHERS = 2048;

interface JudgeOptions {
  take: TakeBags;
  /** From which cosine on a piece is known by another. */
  similarity: number;
  threads?: number;
  signal?: AbortSignal;
}

/** Tells what a table finds, by pair of languages, beside what it found before it was trained. */
type Judge = (table: Float32Array) => Promise<Record<string, Learned>>;

/**
 * Asks the start first, whose table training changes in place.
 *
 * The pairs held out are those that the encoder before chose, so that it finds nearly all of them as they are. With what
 * the start knows hidden, only an encoder that has learned their other words finds them.
 *
 * @returns undefined where nothing is held out
 */
export async function judgeBy(
  { groups }: Bitext,
  { values, dimensions }: Pick<OpenTable, "values" | "dimensions">,
  options: JudgeOptions,
): Promise<Judge | undefined> {
  const rows = knowRows(values, dimensions);
  const asked: { name: string; pairs: number; bags: PairBags; start: number }[] = [];
  for (const group of groups.filter(({ heldOut }) => heldOut.sources.length > 0)) {
    const pairs = group.heldOut.sources.length;
    const hidden = await hideKnown(await takeBoth(group, group.heldOut, options), rows, options);
    const others = await takeBoth(group, spread(group.training), options);
    const bags = {
      source: joinBags([hidden.source, others.source]),
      target: joinBags([hidden.target, others.target]),
    };
    const start = await shareFound(values, dimensions, { bags, pairs }, options);
    asked.push({ name: group.name, pairs, bags, start });
  }
  if (asked.length === 0) return undefined;
  return async (table) => {
    const learned: Record<string, Learned> = {};
    for (const { name, pairs, bags, start } of asked) {
      const found = await shareFound(table, dimensions, { bags, pairs }, options);
      learned[name] = { pairs, found, start };
    }
    return learned;
  };
}

async function takeBoth(
  { source, target }: BitextGroup,
  { sources, targets }: TextPairs,
  { take }: JudgeOptions,
): Promise<PairBags> {
  return { source: await take(source, sources), target: await take(target, targets) };
}

/** Of many pairs some at even distances. */
function spread({ sources, targets }: TextPairs): TextPairs {
  const step = Math.max(1, sources.length / MOST_OTHERS);
  const some = (texts: Uint32Array) =>
    Uint32Array.from({ length: Math.floor(texts.length / step) }, (_, i) => texts[Math.floor(i * step)]);
  return { sources: some(sources), targets: some(targets) };
}

/** @param pairs so many of the first bags of one side are looked for on the other */
async function shareFound(
  table: Float32Array,
  dimensions: number,
  { bags, pairs }: { bags: PairBags; pairs: number },
  { threads, signal }: JudgeOptions,
): Promise<number> {
  const [source, target] = [
    await centred(table, dimensions, bags.source),
    await centred(table, dimensions, bags.target),
  ];
  const { nearest } = await searchClosedSet(source, target, {
    margin: "absolute",
    k: DEFAULT_K,
    boundedK: true,
    threads,
    signal,
  });
  const right = [nearest.forward, nearest.backward].flatMap((hits) => hits.slice(0, pairs)).filter(Boolean);
  return right.length / (2 * pairs);
}

/** Unit vectors without their mean, of unit length again. */
async function centred(table: Float32Array, dimensions: number, bags: Bags): Promise<Vectors> {
  const data = sumRows(table, dimensions, bags);
  const vectors = { rows: data.length / dimensions, dimensions, data };
  prepareRows(vectors);
  const read = async (start: number, end: number) => data.subarray(start * dimensions, end * dimensions);
  prepareRows(vectors, { mean: await meanOfRows({ rows: vectors.rows, read }, dimensions) });
  return vectors;
}
