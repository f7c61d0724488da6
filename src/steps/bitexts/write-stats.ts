import { findOutput } from "../../store/files/output-path.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import type { PairOutput } from "../../write/pairs/open-pairs.js";

/**
 * Writes what a job counted beside its output, as `OUTPUT.stats.json`: beside the first of two outputs, and nowhere if
 * the output is a stream or a device. Seconds are left out, so that the same input gives the same bytes.
 */
export async function writeStats(output: PairOutput, summary: object): Promise<void> {
  const [first] = Array.isArray(output) ? output : [output];
  if (typeof first !== "string" || (await findOutput(first)).special) return;
  const { seconds: _, ...counts } = summary as { seconds?: unknown };
  await writeWholeText(`${first}.stats.json`, `${JSON.stringify(counts, null, 2)}\n`);
}
