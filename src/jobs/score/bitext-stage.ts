import { createHash } from "node:crypto";
import { join } from "node:path";
import { clean } from "../../clean/clean.js";
import type { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { reportFaults } from "../../read/faults.js";
import type { ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { lengthRatio } from "../../score/adequacy.js";
import type { RereadBitext } from "../../steps/bitexts/read-twice.js";
import type { IdentifiedText } from "../../steps/texts/identify.js";
import { readText } from "../../steps/texts/read-text.js";
import { type SideCounts, SideGatherer, type Sides } from "../../steps/texts/side.js";
import { GrowingArray } from "../../store/arrays/growing-array.js";
import { readNpy, writeColumn } from "../../store/arrays/npy-file.js";
import { openSide, sideFiles, writeSide } from "../../store/corpus/side-files.js";
import type { StageOutline } from "../../store/run/outline.js";
import type { Stage } from "../../store/run/stage.js";
import type { Pair } from "../../types/bitexts.js";
import type { SideName } from "../../types/texts.js";

/** The distinct texts of a bitext, and which two of them each of its pairs is. */
export interface BitextSides {
  sides: Sides;
  /** A pair's text of each side, by number; `NO_TEXT` where it is blank. */
  numbers: Record<SideName, Uint32Array>;
  /** The ratio of a pair's target to its source, in characters; NaN where one of them is blank. */
  lengthRatios: Float32Array;
  /** SHA-256 of texts and numbers. */
  hash: string;
}

/** The number of a blank side's text. */
export const NO_TEXT = 0xffffffff;

/** Further sentences in a side's neighbourhoods. */
export type Neighbourhood = IdentifiedText & {
  /** The path that was given, or what messages call the text. */
  path: string;
};

const keyOf = (beside?: Neighbourhood) => beside && { path: beside.path, hash: beside.text.hash };

export interface BitextStageOptions {
  /** How the bitext is read. */
  read: ReadPairsOptions;
  neighbourhood: Partial<Record<SideName, Neighbourhood>>;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

const SIDES = ["source", "target"] as const;

/**
 * Reads a bitext and numbers the distinct texts of its sides. Memory: 8 bytes a pair and what the texts of a side cost.
 *
 * @param input what identifies the bitext's content
 */
export function bitextStage(
  bitext: Pick<RereadBitext, "name" | "hashes" | "read">,
  input: unknown,
  options: BitextStageOptions,
): Stage<BitextSides> {
  const { read } = options;
  const { source, target } = options.neighbourhood;
  const neighbourhood = { source: keyOf(source), target: keyOf(target) };
  const { name } = bitext;
  const { format, columns, scoreColumn, fields, scoreField, languages, codes, onError } = read;
  const { header, preset, scoreProperty } = read;
  const reading = {
    format,
    columns,
    scoreColumn,
    fields,
    scoreField,
    languages,
    codes,
    onError,
    header,
    preset,
    scoreProperty,
  };
  const reporting = (made: BitextSides): BitextSides => {
    const { source, target } = made.sides;
    const report = reportFaults({ onError, onSkip: (error) => noteSkip(made.sides, error, options) });
    return { ...made, sides: { source: { ...source, report }, target: { ...target, report } } };
  };
  return {
    ...BITEXT,
    key: { input, read: reading, neighbourhood },
    make: async () => reporting(await gatherBitext(bitext, options)),
    save: async ({ sides, numbers, lengthRatios }, folder) => {
      for (const side of SIDES) {
        await writeSide(folder, fileName(side), sides[side]);
        await writeColumn(numbersPath(folder, side), "<u4", numbers[side]);
      }
      await writeColumn(ratiosPath(folder), "<f4", lengthRatios);
    },
    load: async (folder) => {
      const load = async (side: SideName) => ({
        ...(await openSide<SideCounts>(folder, fileName(side))),
        name,
      });
      const sides = { source: await load("source"), target: await load("target") };
      const read = (side: SideName) => readNpy(numbersPath(folder, side)) as Uint32Array;
      const numbers = { source: read("source"), target: read("target") };
      return reporting(withHash(sides, numbers, readNpy(ratiosPath(folder)) as Float32Array));
    },
  };
}

const fileName = (side: SideName) => `bitext.${side}`;
const ratiosPath = (folder: string) => join(folder, "bitext.length-ratios.npy");
const numbersPath = (folder: string, side: SideName) => join(folder, `${fileName(side)}.numbers.npy`);

/** What a run keeps of the bitext that it scores. */
export const BITEXT: StageOutline = {
  name: "bitext",
  files: [...SIDES.flatMap((side) => [...sideFiles(fileName(side)), numbersPath("", side)]), ratiosPath("")],
  from: [],
};

async function gatherBitext(
  bitext: Pick<RereadBitext, "name" | "read">,
  options: BitextStageOptions,
): Promise<BitextSides> {
  const { name } = bitext;
  const { onEvent } = options;
  const gathered = { source: await SideGatherer.create(), target: await SideGatherer.create() };
  const numbers = { source: new GrowingArray(Uint32Array), target: new GrowingArray(Uint32Array) };
  const ratios = new GrowingArray(Float32Array);
  let pairs = 0;
  const onSkip = (error: InputError) => noteSkip(gathered, error, options);
  for await (const batch of bitext.read({ onSkip })) {
    for (const pair of batch) {
      const [source, target] = [pair.source.trim(), pair.target.trim()];
      numbers.source.push(addText(gathered.source, source, pair));
      numbers.target.push(addText(gathered.target, target, pair));
      ratios.push(lengthRatio(source, target));
    }
    pairs += batch.length;
    onEvent({ kind: "progress", stage: "read", done: pairs, unit: "pairs" });
  }
  for (const side of SIDES) await addNeighbourhood(gathered[side], side, options);
  const sides = { source: gathered.source.finish(name), target: gathered.target.finish(name) };
  const given = { source: numbers.source.values(), target: numbers.target.values() };
  return withHash(sides, given, ratios.values());
}

function noteSkip(
  sides: Record<SideName, { counts: SideCounts }>,
  error: InputError,
  { onEvent }: BitextStageOptions,
): void {
  for (const side of SIDES) sides[side].counts.skipped++;
  onEvent({ kind: "skipped", error });
}

function addText(side: SideGatherer, text: string, { line }: Pair): number {
  side.counts.lines++;
  side.counts.lastLine = line;
  if (text !== "") return side.add({ text, line });
  side.counts.blank++;
  return NO_TEXT;
}

async function addNeighbourhood(
  gathered: SideGatherer,
  side: SideName,
  { neighbourhood, signal, onEvent }: BitextStageOptions,
): Promise<void> {
  const beside = neighbourhood[side];
  if (beside === undefined) return;
  const before = gathered.counts.lines;
  const sentences = readText(beside.text, { signal });
  for await (const batch of clean(sentences, {}, gathered.counts)) {
    for (const sentence of batch) gathered.add(sentence);
    const done = gathered.counts.lines - before;
    onEvent({ kind: "progress", stage: `read ${side} neighbourhood`, done, unit: "lines" });
  }
}

function withHash(sides: Sides, numbers: BitextSides["numbers"], lengthRatios: Float32Array): BitextSides {
  const hash = createHash("sha256").update(`${sides.source.textHash} ${sides.target.textHash}`);
  hash.update(numbers.source).update(numbers.target);
  return { sides, numbers, lengthRatios, hash: hash.digest("hex") };
}
