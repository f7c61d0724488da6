import { join } from "node:path";
import type { OptionNames } from "../../../check-options.js";
import { InputError, OptionError } from "../../../errors.js";
import { LANGUAGE_LISTS } from "../../../evaluate/language-lists.js";
import type { SideName } from "../../../types/texts.js";
import { option, say } from "../../../wording.js";
import type { AlignedLines, AlignedReading } from "../lines.js";
import { chooseSplit } from "./choose-split.js";
import { canonical, findLanguage } from "./languages.js";
import { listFiles } from "./list-files.js";
import { findPairFiles, type PairFiles } from "./pair-files.js";
import { readSet } from "./read-set.js";
import { findTexts } from "./texts-by-language.js";

/** Which sets of a folder are meant. */
export interface AlignedFolderOptions {
  /** Codes, or names of lists (`14`, `36`, `CRISS`), or `all`. @default ["all"] */
  languages?: readonly string[];
  /** Each language is compared with this one. @default English */
  pivot?: string;
  /** Compare each language with each other. @default false */
  allPairs?: boolean;
  /** @default the only one; of several the first of test, devtest, dev, validation, training, sample */
  split?: string;
}

/** The names of `AlignedFolderOptions`. */
export const FOLDER_OPTIONS: OptionNames<AlignedFolderOptions> = {
  languages: true,
  pivot: true,
  allPairs: true,
  split: true,
};

/** Two languages of a folder. */
export interface AlignedSet {
  x: string;
  y: string;
  /** The file of each; the same where one has both. */
  texts: Record<SideName, string>;
  /** @throws InputError if their lines do not translate each other one by one */
  read: (options: AlignedReading) => Promise<AlignedLines>;
}

/** The sets of a folder; its pivot, unless all pairs were asked for; and its split, where it has several. */
export interface AlignedSets {
  sets: AlignedSet[];
  pivot?: string;
  split?: string;
  /** Whether line n is the same sentence in every set, as where there is a text a language. */
  sameLines: boolean;
}

/**
 * The sets of a folder of texts that are named by language, or by two languages.
 *
 * @throws InputError if it has none; OptionError for languages, a pivot or a split that it lacks
 */
export async function findAlignedSets(
  folder: string,
  options: AlignedFolderOptions = {},
): Promise<AlignedSets> {
  const { languages = ["all"], allPairs = false } = options;
  if (allPairs && options.pivot !== undefined)
    throw new OptionError(say`${option("pivot")} and ${option("allPairs")} exclude each other.`, {
      advice: "Leave one of them out.",
    });
  const { pairs, split, sameLines } = await choosePairs(folder, options.split);
  const present = [...new Set(pairs.flatMap((pair) => pair.languages))].sort();
  const pivot = allPairs ? undefined : choosePivot(folder, present, options.pivot);
  const among = present.filter((language) => language !== pivot);
  const wanted = languages.flatMap((name): readonly string[] =>
    name === "all" ? among : Object.hasOwn(LANGUAGE_LISTS, name) ? LANGUAGE_LISTS[name] : [name],
  );
  const found = wanted.map((code) => findLanguage(code, present));
  const lacking = wanted.filter((_, i) => found[i] === undefined);
  if (lacking.length > 0)
    throw new OptionError(`${folder} has no texts for ${lacking.join(", ")}; it has ${present.join(", ")}.`);
  const chosen = [...new Set(found as string[])].filter((language) => language !== pivot);
  const wantedPairs = chosen.flatMap((x, i) =>
    (pivot === undefined ? chosen.slice(i + 1) : [pivot]).map((y) => [x, y] as const),
  );
  const sets = wantedPairs.flatMap(([x, y]): AlignedSet[] => {
    const pair = pairs.find((one) => one.languages.includes(x) && one.languages.includes(y));
    if (!pair) return [];
    const files = pair.files.map((path) => join(folder, path));
    const swapped = pair.languages[0] !== x;
    const [source, target] = swapped ? [files.at(-1)!, files[0]] : [files[0], files.at(-1)!];
    return [{ x, y, texts: { source, target }, read: (reading) => readSet(files, swapped, reading) }];
  });
  if (sets.length > 0) return { sets, pivot, split, sameLines };
  throw new OptionError(
    `${folder} has no two texts of ${[...chosen, ...(pivot === undefined ? [] : [pivot])].join(", ")}.`,
    {
      advice: say`Name others with ${option("languages")} or ${option("pivot")}.`,
    },
  );
}

/** Every pair of languages that the chosen split has files for. */
async function choosePairs(
  folder: string,
  asked?: string,
): Promise<{ pairs: PairFiles[]; split?: string; sameLines: boolean }> {
  const paths = await listFiles(folder);
  const ofPairs = findPairFiles(paths);
  const texts = ofPairs.size > 0 ? undefined : findTexts(paths);
  const splits = [...(texts ?? ofPairs).keys()].sort();
  if (splits.length === 0)
    throw new InputError(
      { path: folder },
      "has no texts that are named by language; expected files such as deu_Latn.dev and eng_Latn.dev, or tatoeba.deu-eng.deu and tatoeba.deu-eng.eng.",
    );
  const split = chooseSplit(folder, splits, asked);
  const told = splits.length > 1 ? split : undefined;
  if (!texts) return { pairs: ofPairs.get(split)!, split: told, sameLines: false };
  const files = [...texts.get(split)!];
  const pairs = files.flatMap(([x, path], i) =>
    files.slice(i + 1).map(([y, other]): PairFiles => ({ languages: [x, y], files: [path, other] })),
  );
  return { pairs, split: told, sameLines: true };
}

/** @throws OptionError if the folder lacks it, or has no English */
function choosePivot(folder: string, present: readonly string[], asked = "en"): string {
  const found = findLanguage(asked, present);
  if (found !== undefined) return found;
  throw new OptionError(`${folder} has no texts for ${asked}; it has ${present.join(", ")}.`, {
    advice: say`Name the language that each is compared with by ${option("pivot")}, or pass ${option("allPairs")}.`,
  });
}

/** The rows of a report for one of the lists that papers average over; undefined unless all of it are there. */
export function membersOf<Row extends { name: string }>(
  rows: readonly Row[],
  list: readonly string[],
): Row[] | undefined {
  const byCode = new Map(rows.map((row) => [canonical(row.name), row]));
  const members = list.map((code) => rows.find(({ name }) => name === code) ?? byCode.get(canonical(code)));
  return members.every((row) => row !== undefined) ? members : undefined;
}
