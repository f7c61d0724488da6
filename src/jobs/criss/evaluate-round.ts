import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { hashFile } from "../../steps/texts/identify.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import { evaluateTatoeba } from "../evaluate/tatoeba.js";
import { chooseLanguages } from "../evaluate/tatoeba-languages.js";
import type { KnownEncoder } from "./known-encoder.js";
import { EVALUATION, FOLDERS, STAGES } from "./names.js";
import type { Plan } from "./plan.js";

/** Of the Tatoeba test set what a loop's encoders are measured by. */
export interface TatoebaSet {
  folder: string;
  /** The set's code (ISO 639-3) of a language of the loop. */
  codes: ReadonlyMap<string, string>;
  /** Tells its files from all others. */
  hash: string;
}

/** Closed-set accuracy to English by the loop's languages; between 0 and 1. */
export type TatoebaAccuracy = Readonly<Record<string, number>>;

const ENGLISH = "en";
const ACCURACY = "accuracy x→en";

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
  const present = new Map((await chooseLanguages(folder)).map((code) => [canonical(code), code]));
  const languages = [...new Set(pairs.flatMap((pair) => pair.languages))];
  const codes = new Map<string, string>();
  for (const language of languages) {
    const code = present.get(canonical(language));
    if (canonical(language) !== ENGLISH && code !== undefined) codes.set(language, code);
  }
  if (codes.size === 0)
    throw new OptionError(
      `${folder} has no Tatoeba files for ${languages.join(", ")}; it has ${[...present.values()].join(", ")}. Name the texts by their languages' codes.`,
    );
  const hashes: string[] = [];
  for (const code of codes.values())
    for (const side of [code, "eng"])
      hashes.push(await hashFile(join(folder, `tatoeba.${code}-eng.${side}`), signal));
  return { folder, codes, hash: hashes.join(" ") };
}

/** One code of those that a language goes by: `cmn` is `zh`. */
function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll("_", "-"))[0];
  } catch {
    return language;
  }
}

/** Measures a round's encoder, each side's mean subtracted, once. */
export async function evaluateRound(
  round: number,
  { folder, codes, hash }: TatoebaSet,
  encoder: KnownEncoder,
  run: RunFolder,
  {
    threads,
    signal,
    onEvent,
  }: { threads?: number; signal?: AbortSignal; onEvent: (event: JobEvent) => void },
): Promise<TatoebaAccuracy> {
  const file = join(run.path, FOLDERS.round(round), EVALUATION);
  return run.keep({
    name: STAGES.evaluation(round),
    key: { encoder: encoder.key, languages: Object.fromEntries(codes), files: hash },
    make: async () => {
      const languages = [...codes.values()];
      const how = { ...encoder.options, encoder: encoder.name ?? encoder.folder, centre: true, languages };
      const { rows } = await evaluateTatoeba(folder, { ...how, threads, signal, onEvent });
      const accuracyOf = (code: string) => rows.find(({ name }) => name === code)!.figures[ACCURACY].value;
      return Object.fromEntries(Array.from(codes, ([language, code]) => [language, accuracyOf(code)]));
    },
    save: (accuracy) => writeWholeText(file, `${JSON.stringify(accuracy, null, 2)}\n`),
    load: async () => JSON.parse(await readFile(file, "utf8")),
  });
}
