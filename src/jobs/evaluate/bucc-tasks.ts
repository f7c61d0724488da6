import { join } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { withoutCompressionSuffix } from "../../read/codecs.js";
import type { SideName } from "../../types/texts.js";
import { option, say, warning } from "../../wording.js";
import { chooseSplit } from "./folders/choose-split.js";
import { canonical } from "./folders/languages.js";
import { listFiles } from "./folders/list-files.js";

/** One mining task: two sides with identifiers, and the gold pairs. */
export interface BuccTask {
  /** What the report calls it: its source's language, such as `de`. */
  name: string;
  /** The file of the source, `id⇥sentence`. */
  source: string;
  /** The file of the target, `id⇥sentence`. */
  target: string;
  /** The file of true pairs, `id⇥id`. */
  gold: string;
  /** Which of several splits of its languages it is, such as `training`. */
  split?: string;
  /** The languages of its texts, where their names tell them. */
  languages?: Record<SideName, string>;
}

/** A task whose texts a run folder may have. */
export type GoldTask = Pick<BuccTask, "name" | "gold"> & Partial<BuccTask>;

/** Which tasks of a folder are meant. */
export interface FindBuccOptions {
  /**
   * @default the one that has gold pairs of the most languages; of several the first of test, devtest, dev, validation,
   *   training, sample
   */
  split?: string;
  /** Told which languages the split lacks. */
  onEvent?: (event: JobEvent) => void;
}

/** The names of `FindBuccOptions`. */
export const FIND_BUCC_OPTIONS: OptionNames<FindBuccOptions> = { split: true, onEvent: true };

/**
 * The tasks of a folder, or of folders in it (BUCC 2018 has one a language pair): files `XX-YY.SPLIT.XX`, `.YY` and
 * `.gold`. All are of one split.
 *
 * @param languages only those of these sources, or of these pairs (`de-en`)
 * @throws InputError if there are none, or the split has no gold pairs; OptionError for languages or a split that the
 * folder lacks
 */
export async function findBuccTasks(
  folder: string,
  languages?: readonly string[],
  options: FindBuccOptions = {},
): Promise<BuccTask[]> {
  refuseUnknown("findBuccTasks", options, FIND_BUCC_OPTIONS);
  const { split: asked, onEvent = () => {} } = options;
  const sets = await findSets(folder);
  const withGold = sets.filter(({ files }) => files.has("gold"));
  if (withGold.length === 0) {
    throw new InputError(
      { path: folder },
      sets.length > 0
        ? `has no gold pairs for ${splitsOf(sets).join(", ")}; expected files such as de-en.dev.gold beside the texts.`
        : "has no mining sets; expected files such as de-en.dev.de, de-en.dev.en and de-en.dev.gold.",
    );
  }
  if (asked !== undefined && !splitsOf(withGold).includes(asked) && splitsOf(sets).includes(asked))
    throw new InputError(
      { path: folder },
      `has no gold pairs for ${asked} (BUCC's public release keeps those of its test split back).`,
      { advice: say`Name another with ${option("split")}: ${splitsOf(withGold).join(", ")}.` },
    );
  const meant = withGold.filter((set) => !languages || languages.some((code) => isCalled(set, code)));
  const lacking = languages?.filter((code) => !meant.some((set) => isCalled(set, code))) ?? [];
  if (lacking.length > 0) {
    const has = [...new Set(withGold.map(({ x }) => x))].join(", ");
    throw new OptionError(`${folder} has no mining sets for ${lacking.join(", ")}; it has ${has}.`);
  }
  const split = chooseSplit(folder, asked === undefined ? mostCommonSplits(meant) : splitsOf(meant), asked);
  const chosen = meant.filter((set) => set.split === split);
  const pairs = new Set(chosen.map(pairOf));
  const left = [...new Set(meant.map(pairOf))].filter((pair) => !pairs.has(pair));
  if (left.length > 0)
    onEvent(warning(`${folder} has no gold pairs of ${split} for ${left.join(", ")}, left out.`));
  const isUnique = new Set(chosen.map(({ x }) => x)).size === chosen.length;
  return chosen.map(({ stem, x, y, files }) => {
    const path = (suffix: string) => join(folder, files.get(suffix) ?? `${stem}.${suffix}`);
    return {
      name: isUnique ? x : `${x}-${y}`,
      source: path(x),
      target: path(y),
      gold: path("gold"),
      languages: { source: x, target: y },
      ...(splitsOf(sets).length > 1 && { split }),
    };
  });
}

/** The files of two languages and one split, by what their names end with: `de`, `en` and `gold`. */
interface BuccSet {
  stem: string;
  x: string;
  y: string;
  split: string;
  files: Map<string, string>;
}

async function findSets(folder: string): Promise<BuccSet[]> {
  const sets = new Map<string, BuccSet>();
  for (const path of await listFiles(folder)) {
    const [, stem, x, y, split = "", suffix] =
      /^((?:.*\/)?(\w+)-(\w+)(?:\.([^/]+))?)\.(\w+)$/.exec(withoutCompressionSuffix(path)) ?? [];
    if (![x, y, "gold"].includes(suffix)) continue;
    const set = sets.get(stem) ?? { stem, x, y, split, files: new Map() };
    set.files.set(suffix, path);
    sets.set(stem, set);
  }
  return [...sets.values()].filter(({ x, y, files }) => files.has("gold") || (files.has(x) && files.has(y)));
}

const pairOf = ({ x, y }: BuccSet) => `${x}-${y}`;

/** By a language, or by both of a pair, in any standard: `de`, `deu`, `de-en`, `deu-eng`. */
const isCalled = (set: BuccSet, code: string) =>
  canonical(code) === canonical(set.x) ||
  code.split("-").map(canonical).join("-") === [set.x, set.y].map(canonical).join("-");

/** Those of the most pairs of languages, so that none is left out where that can be. */
function mostCommonSplits(sets: readonly BuccSet[]): string[] {
  const count = (split: string) => sets.filter((set) => set.split === split).length;
  const most = Math.max(...sets.map(({ split }) => count(split)));
  return splitsOf(sets).filter((split) => count(split) === most);
}

function splitsOf(sets: readonly BuccSet[]): string[] {
  return [...new Set(sets.map(({ split }) => split))];
}
