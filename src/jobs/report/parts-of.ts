import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import type { ReportPart } from "../../report/model.js";
import { readManifest } from "../../store/run/manifest.js";
import { jobOf } from "../../store/run/run-job.js";
import { bitextPart } from "./bitext-part.js";
import { extractPart } from "./extract-part.js";
import { countedBeside, describeStats, filterParts } from "./filter-parts.js";
import { loopParts } from "./loop-parts.js";
import type { ReportSettings } from "./options.js";
import { runPart } from "./run-part.js";
import { KNOWN } from "./unknown-folder.js";

/**
 * What there is to see of one input, whatever it is.
 *
 * @param number tells it from the other inputs
 */
export async function partsOf(input: Input, settings: ReportSettings, number: number): Promise<ReportPart[]> {
  const found = typeof input === "string" ? await stat(input).catch(() => undefined) : undefined;
  if (typeof input !== "string" || !found?.isDirectory()) return [await filePart(input, settings, number)];
  const manifest = await readManifest(input);
  if (!manifest) return filterParts(input, settings, number);
  const job = jobOf(manifest);
  if (job === "mine") return [await runPart(input, settings, manifest)];
  if (job === "criss") return loopParts(input, manifest, settings, number);
  if (job === "extract") return [await extractPart(input, manifest)];
  throw new InputError({ path: input }, `is the folder of ${job ?? "a run that has not begun"}; ${KNOWN}.`, {
    advice:
      job === "score" || job === "align"
        ? `Name the bitext that ${job} wrote.`
        : "Run its command to the end.",
  });
}

/** A bitext, with what filter counted beside it where it did. */
async function filePart(input: Input, settings: ReportSettings, number: number): Promise<ReportPart> {
  const stats = typeof input === "string" ? await countedBeside(input) : undefined;
  if (!stats) return bitextPart(input, settings, { number });
  const part = await bitextPart(input, settings, { number, scoresOptional: true });
  return { ...part, kind: "filter", ...(await describeStats(stats, [], settings)) };
}
