import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { timed } from "../../events.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { readTwice } from "../../steps/bitexts/read-twice.js";
import { settleWrite } from "../../steps/bitexts/settle-write.js";
import { claimStats } from "../../steps/bitexts/stats-file.js";
import { holdRescorer } from "../../steps/pairs/rescore-options.js";
import { openRun, openTemporaryRun } from "../../steps/runs/run.js";
import type { PairOutput } from "../../write/pairs/open-pairs.js";
import { findThreshold } from "./find-threshold.js";
import { SCORE_OPTIONS, type ScoreOptions, type ScoreSummary, settleScore } from "./options.js";
import { readBitext } from "./read-bitext.js";
import { checkParts } from "./rescore-bitext.js";
import { scoreSides } from "./score-sides.js";
import { writeScored } from "./write-scored.js";

/**
 * Scores each pair of a bitext by its cosine and margin (Artetxe & Schwenk 2019), or by a re-scorer, in two passes: one to embed and
 * search, one to write every pair in its order, whatever is blank or stands twice. A pair that cannot be scored has an
 * empty score (`null` in JSON lines). With a threshold, given or estimated without gold, only pairs that reach it are written. What was counted is left beside the output, as `OUTPUT.stats.json`.
 *
 * Identical texts of a side are one in neighbourhoods and are embedded once. Vectors lie in the run folder, or in a
 * temporary one.
 *
 * @throws OptionError, InputError, ModelError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function scoreBitext(
  input: PairInput,
  output: PairOutput,
  options: ScoreOptions = {},
): Promise<ScoreSummary> {
  refuseUnknown("scoreBitext", options, SCORE_OPTIONS);
  const settled = settleScore(options);
  if (options.write?.format === "moses" || Array.isArray(output))
    throw new OptionError("Format moses has no place for a score; expected tsv, jsonl or tmx.");
  const settings = {
    ...settled,
    write: await settleWrite(input, output, options),
  };
  const { source, target } = options.neighbourhood ?? {};
  const writeStats = await claimStats(output, [...inputsOf(input), source, target]);
  const { read, score, signal, onEvent } = settings;
  await using held = await holdRescorer(settings);
  checkParts(held.rescorer, settings);
  await using run = await (settings.run === undefined
    ? openTemporaryRun("score", onEvent)
    : openRun(settings.run, "score", onEvent));
  await using bitext = await readTwice(input, { onNote: onEvent, ...read, signal }, run.folder);
  using sides = await readBitext(bitext, settings, run);
  const scored = await scoreSides(sides, settings, run, held.rescorer);
  const { seconds } = run;
  const { scores, distribution, ...counts } = await timed(seconds, "write", async () => {
    const { threshold, estimate } = findThreshold(sides, scored, settings);
    const told = await writeScored(bitext, output, scored.scorer, { ...settings, threshold });
    return { ...told, estimate };
  });
  const summary = { ...counts, ...scored.facts, score, scores, seconds };
  await writeStats(summary);
  return { ...summary, distribution };
}
