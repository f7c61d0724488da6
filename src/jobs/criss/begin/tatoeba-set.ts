import { join } from "node:path";
import { OptionError } from "../../../errors.js";
import { isFew } from "../../../score/few-sentences.js";
import { identifyFile } from "../../../steps/texts/identify.js";
import type { FileState } from "../../../store/files/file-state.js";
import { canonical } from "../../evaluate/folders/languages.js";
import { readLines } from "../../evaluate/lines.js";
import type { Plan } from "../plan.js";
import { listTatoebaLanguages } from "./tatoeba-languages.js";

/** The part of the Tatoeba test set that measures a loop's encoders. */
export interface TatoebaSet {
  folder: string;
  /** The set's code (ISO 639-3) of a language of the loop. */
  codes: ReadonlyMap<string, string>;
  /** Tells its files from all others. */
  hash: string;
  /** What its files were when they were hashed. */
  states: (FileState | undefined)[];
}

const ENGLISH = "en";

/**
 * Finds the loop's languages in a folder of the Tatoeba test set: `de` is its `deu`.
 *
 * @throws InputError if the folder is none; OptionError if it has none of the languages
 */
export async function findTatoebaSet(
  folder: string,
  { pairs }: Plan,
  signal?: AbortSignal,
): Promise<TatoebaSet> {
  const present = new Map((await listTatoebaLanguages(folder)).map((code) => [canonical(code), code]));
  const languages = [...new Set(pairs.flatMap((pair) => pair.languages))];
  const codes = new Map<string, string>();
  for (const language of languages) {
    const code = present.get(canonical(language));
    if (canonical(language) !== ENGLISH && code !== undefined) codes.set(language, code);
  }
  if (codes.size === 0)
    throw new OptionError(
      `${folder} has no Tatoeba files for ${languages.join(", ")}; it has ${[...present.values()].join(", ")}.`,
      { advice: "Name the texts by the codes of their languages." },
    );
  const hashes: string[] = [];
  const states: (FileState | undefined)[] = [];
  for (const code of codes.values()) {
    const paths = [code, "eng"].map((side) => join(folder, `tatoeba.${code}-eng.${side}`));
    for (const path of paths) {
      const { hash, state } = await identifyFile(path, { signal });
      hashes.push(hash);
      states.push(state);
    }
    // Their means are shrunk, which loops of earlier versions did not do.
    if (isFew((await readLines(paths[0])).length)) hashes.push("shrunk");
  }
  return { folder, codes, hash: hashes.join(" "), states };
}
