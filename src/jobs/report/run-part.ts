import { pause } from "../../flow/pause.js";
import type { ReportPart } from "../../report/model.js";
import { CANDIDATES } from "../../steps/neighbours/search-outlines.js";
import { loadRun } from "../../steps/runs/load-run.js";
import type { Manifest } from "../../store/run/manifest.js";
import { changeAgainst } from "./change-against.js";
import { type ChosenRun, chooseRun } from "./choose-run.js";
import { countLanguages, LANGUAGES_OF } from "./count-languages.js";
import { halfDonePart } from "./half-done-part.js";
import { hostsOfRun } from "./hosts-of-run.js";
import type { ReportSettings } from "./options.js";
import { repeatedTexts } from "./repeated-texts.js";
import { type OpenPairs, pairsOfRun, samplePairs } from "./run-pairs.js";

/** What there is to see of a run folder of `mine`; of one that is half done, what is there. */
export async function runPart(
  folder: string,
  settings: ReportSettings,
  manifest: Manifest,
): Promise<ReportPart> {
  const candidates = manifest.stages[CANDIDATES.name];
  if (!candidates || candidates.outdated) return halfDonePart(folder, manifest);
  // What it finds is small beside the run's candidates, which nothing holds any more.
  const { pairs, part } = await openAndChoose(folder, settings);
  using _sides = pairs.sides;
  if (pairs.scores.length === 0) return part;
  const duplicates = repeatedTexts(pairs.sides);
  await pause(settings.signal);
  const hosts = hostsOfRun(pairs);
  await pause(settings.signal);
  return {
    ...part,
    duplicates,
    hosts,
    languages: await countLanguages(samplePairs(pairs, LANGUAGES_OF)),
    changes: await changeAgainst(() => pairsOfRun(pairs, part.scores?.threshold), settings),
  };
}

/** Opens a run and does all that its candidates are needed for. */
async function openAndChoose(
  folder: string,
  settings: ReportSettings,
): Promise<ChosenRun & { pairs: OpenPairs }> {
  const loaded = await loadRun(folder);
  const { sides } = loaded;
  try {
    const { pairs, part } = await chooseRun(folder, loaded, settings);
    return { pairs: { ...pairs, sides }, part };
  } catch (error) {
    sides[Symbol.dispose]();
    throw error;
  }
}
