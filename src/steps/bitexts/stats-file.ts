import { OptionError } from "../../errors.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { findOutput } from "../../store/files/output-path.js";
import { refuseOthersJson } from "../../store/files/refuse-others-json.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { PairOutput } from "../../write/pairs/open-pairs.js";

/** Writes what a job counted; seconds are left out, so that the same input gives the same bytes. */
export type WriteStats = (summary: object) => Promise<void>;

/**
 * Where a job leaves its counts, beside its output, as `OUTPUT.stats.json`: beside the first of two outputs, and nowhere
 * if the output is a stream or a device. To be asked for before the work.
 *
 * @param inputs what is read, and what else is written; only paths count
 * @throws OptionError if that is one of them, or a file that no job left there
 */
export async function claimStats(output: PairOutput, inputs: readonly unknown[]): Promise<WriteStats> {
  const [first, ...others] = Array.isArray(output) ? output : [output];
  if (typeof first !== "string" || (await findOutput(first)).special) return async () => {};
  return claimStatsFile(`${first}.stats.json`, [...inputs, ...others]);
}

/** The same for a file of that name. */
export async function claimStatsFile(name: string, inputs: readonly unknown[]): Promise<WriteStats> {
  if (inputs.includes(name))
    throw new OptionError(`${name}: is named, but what is counted goes there.`, {
      advice: "Name another file.",
    });
  await refuseOthersJson(name, isStats, inputs);
  return async (summary) => {
    const { seconds: _, ...counts } = summary as { seconds?: unknown };
    const { path } = await findOutput(name);
    await writeWholeText(path, `${JSON.stringify(counts, null, 2)}\n`).catch((error) => {
      throw explainWriteError(error, name);
    });
  };
}

/** What every job that writes pairs counts. */
function isStats({ pairs, skipped }: { pairs?: unknown; skipped?: unknown }): boolean {
  return Number.isSafeInteger(pairs) && Number.isSafeInteger(skipped);
}
