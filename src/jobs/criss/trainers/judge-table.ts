import { meanOfRows } from "../../../embed/mean.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { type Bags, joinBags, packBags } from "../../../train/bags.js";
import { findKnown, knowRows, type PairBags, withoutKnown } from "../../../train/find-known.js";
import { sumRows } from "../../../train/sum-rows.js";
import type { Texts } from "../../../types/texts.js";
import type { Vectors } from "../../../types/vectors.js";
import type { Bitext, BitextGroup } from "../rounds/bitext.js";
import type { Learned } from "../rounds/learned.js";
import type { TextPairs } from "../rounds/text-pairs.js";
import { spreadEvenly } from "./spread-evenly.js";
import { type Cutting, cutTexts, someTexts } from "./write-pieces.js";

/** Among so many other pairs at most the held-out ones are looked for. */
const MOST_OTHERS = 2048;

interface JudgeOptions extends Cutting {
  /** From which cosine on a piece is known by another. */
  similarity: number;
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
export async function judgeBy({ groups }: Bitext, options: JudgeOptions): Promise<Judge | undefined> {
  const { values, dimensions } = options.table;
  const rows = knowRows(values, dimensions);
  const asked: { name: string; pairs: number; bags: PairBags; start: Uint32Array }[] = [];
  for (const group of groups.filter(({ heldOut }) => heldOut.sources.length > 0)) {
    const pairs = group.heldOut.sources.length;
    const heldOut = await cutBoth(group, group.heldOut, options);
    const hidden = withoutKnown(heldOut, await findKnown(heldOut, rows, options));
    const others = await cutBoth(group, spreadPairs(group.training), options);
    const bags = {
      source: joinBags([hidden.source, others.source]),
      target: joinBags([hidden.target, others.target]),
    };
    asked.push({ name: group.name, pairs, bags, start: await ranksOf(values, dimensions, { bags, pairs }) });
  }
  if (asked.length === 0) return undefined;
  return async (table) => {
    const learned: Record<string, Learned> = {};
    for (const { name, pairs, bags, start } of asked) {
      const ranks = await ranksOf(table, dimensions, { bags, pairs });
      const found = shareOf(ranks, (rank) => (rank === 0 ? 1 : 0));
      const nearer = shareOf(ranks, (rank, i) => (Math.sign(start[i] - rank) + 1) / 2);
      learned[name] = { pairs, found, nearer };
    }
    return learned;
  };
}

function shareOf(ranks: Uint32Array, count: (rank: number, i: number) => number): number {
  return ranks.reduce((sum, rank, i) => sum + count(rank, i), 0) / ranks.length;
}

function spreadPairs({ sources, targets }: TextPairs): TextPairs {
  return { sources: spreadEvenly(sources, MOST_OTHERS), targets: spreadEvenly(targets, MOST_OTHERS) };
}

async function cutBoth(
  { source, target }: BitextGroup,
  { sources, targets }: TextPairs,
  cutting: Cutting,
): Promise<PairBags> {
  const cut = async (texts: Texts, numbers: Uint32Array): Promise<Bags> => {
    const windows: Bags[] = [];
    for await (const pieces of cutTexts(someTexts(texts, numbers), cutting)) windows.push(packBags(pieces));
    return joinBags(windows);
  };
  return { source: await cut(source, sources), target: await cut(target, targets) };
}

/**
 * For so many of the first bags of each side how many of the other side's are nearer than its own, the sources' first.
 */
async function ranksOf(
  table: Float32Array,
  dimensions: number,
  { bags, pairs }: { bags: PairBags; pairs: number },
): Promise<Uint32Array> {
  const source = await centred(table, dimensions, bags.source);
  const target = await centred(table, dimensions, bags.target);
  const ranks = new Uint32Array(2 * pairs);
  for (const [side, from, to] of [
    [0, source, target],
    [1, target, source],
  ] as const)
    for (let i = 0; i < pairs; i++) {
      const own = cosine(from, i, to, i);
      for (let j = 0; j < to.rows; j++) if (cosine(from, i, to, j) > own) ranks[side * pairs + i]++;
    }
  return ranks;
}

function cosine(from: Vectors, i: number, to: Vectors, j: number): number {
  const { dimensions } = from;
  let product = 0;
  for (let k = 0, x = i * dimensions, y = j * dimensions; k < dimensions; k++)
    product += from.data[x + k] * to.data[y + k];
  return product;
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
