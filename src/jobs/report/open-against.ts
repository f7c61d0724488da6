import { stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { readTwice } from "../../steps/bitexts/read-twice.js";
import { loadRun } from "../../steps/runs/load-run.js";
import { FOLDERS } from "../../steps/runs/loop-names.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { readManifest } from "../../store/run/manifest.js";
import { jobOf } from "../../store/run/run-job.js";
import { single } from "./change-against.js";
import { chooseAsMined } from "./choose-as-mined.js";
import type { PairsAgain } from "./find-changes.js";
import type { ReportOptions } from "./options.js";
import { type OpenPairs, pairsAmong, pairsOfRun } from "./run-pairs.js";

/** Pairs that those of a report are compared with, until they are disposed of. */
export interface Against extends AsyncDisposable {
  name: string;
  pairs: PairsAgain;
}

/**
 * Opens what a report is compared with: a bitext, or a run folder, whose pairs are those that were mined.
 *
 * @param folder for what is needed meanwhile
 * @throws InputError for another folder
 */
export async function openAgainst(
  { against, read, signal, onEvent }: ReportOptions,
  folder: string,
): Promise<Against | undefined> {
  if (against === undefined) return undefined;
  const found = typeof against === "string" ? await stat(against).catch(() => undefined) : undefined;
  if (typeof against === "string" && found?.isDirectory()) return openFolder(against);
  const own = join(folder, "against");
  await makeFolder(own);
  const bitext = await readTwice(against, { ...read, signal, onNote: onEvent }, own);
  return {
    name: bitext.name,
    pairs: () => single(bitext.read()),
    [Symbol.asyncDispose]: () => bitext[Symbol.asyncDispose](),
  };
}

async function openFolder(folder: string): Promise<Against> {
  const manifest = await readManifest(folder);
  if (manifest && jobOf(manifest) === "mine") return openMined(folder);
  const isLoop = manifest && jobOf(manifest) === "criss";
  throw new InputError(
    { path: folder },
    "is not the folder of crisscross mine --run; expected that, or a bitext, to compare with.",
    {
      advice: isLoop
        ? `Name a bitext of the loop, such as ${join(folder, FOLDERS.pairs, "XX-YY.tsv")}.`
        : "Name the bitext that lies in it.",
    },
  );
}

async function openMined(folder: string): Promise<Against> {
  const { threshold, ...pairs } = await loadPairs(folder);
  return {
    name: folder,
    pairs: () => pairsOfRun(pairs, threshold),
    [Symbol.asyncDispose]: async () => pairs.sides[Symbol.dispose](),
  };
}

/** A run's pairs; nothing holds its candidates any more. */
async function loadPairs(folder: string): Promise<OpenPairs & { threshold?: number }> {
  const loaded = await loadRun(folder);
  const { sides, chosen } = loaded;
  try {
    const { candidates, scores, ordered } = chooseAsMined(loaded);
    return { ...pairsAmong({ candidates, scores }, ordered), sides, threshold: chosen.threshold };
  } catch (error) {
    sides[Symbol.dispose]();
    throw error;
  }
}
