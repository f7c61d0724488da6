import { join } from "node:path";
import type { CleanOptions } from "../../clean/clean.js";
import type { JobEvent } from "../../events.js";
import type { ReadOptions } from "../../read/input.js";
import { identifyText } from "../../steps/texts/identify.js";
import { type Side, sideStage } from "../../steps/texts/side.js";
import { nameText } from "../../steps/texts/text-source.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { PlannedText } from "./plan.js";

export interface ReadTextsOptions extends CleanOptions {
  /** Whether the rounds that there are stay as they are. */
  continue?: boolean;
  read?: ReadOptions;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Reads every text once, or takes what the run keeps of it; the same sentence twice is one. */
export async function readTexts(
  texts: readonly PlannedText[],
  run: RunFolder,
  options: ReadTextsOptions,
): Promise<Side[]> {
  const sides: Side[] = [];
  try {
    for (const { name, source } of texts) sides.push(await readText(name, source, run, options));
    return sides;
  } catch (error) {
    for (const side of sides) side.close();
    throw error;
  }
}

async function readText(
  name: string,
  source: PlannedText["source"],
  run: RunFolder,
  options: ReadTextsOptions,
): Promise<Side> {
  const given = nameText(source, name, options.read);
  const { text, discard } = await identifyText(
    given,
    temporaryPath(join(run.path, `${name}.spool`)),
    options.signal,
  );
  try {
    const stage = sideStage(text, { ...options, side: name });
    const feeds = options.continue ? [] : stagesFrom(0, run.done);
    return await run.keep(placeStage(stage, STAGES.text(name), FOLDERS.texts, feeds));
  } finally {
    await discard();
  }
}
