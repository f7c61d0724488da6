import { join } from "node:path";
import { identifyText } from "../../../steps/texts/identify.js";
import { refuseEmpty, type Side, sideStage } from "../../../steps/texts/side.js";
import { nameText } from "../../../steps/texts/source-kind.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import { placeStage } from "../folder/placed-stage.js";
import type { Loop } from "../loop.js";

type PlannedLoop = Pick<Loop, "options" | "plan" | "run" | "stages">;

/** Reads every text once, or takes what the run keeps of it; the same sentence twice is one. */
export async function readTexts(loop: PlannedLoop): Promise<Side[]> {
  const sides: Side[] = [];
  try {
    for (const text of loop.plan.texts.keys()) sides.push(await readText(loop, text));
    return sides;
  } catch (error) {
    for (const side of sides) side.close();
    throw error;
  }
}

async function readText({ options, plan, run, stages }: PlannedLoop, number: number): Promise<Side> {
  const { name, source } = plan.texts[number];
  const given = nameText(source, name, options.read);
  const { text, discard } = await identifyText(
    given,
    temporaryPath(join(run.path, `${name}.spool`)),
    options.signal,
  );
  try {
    const stage = sideStage(text, { ...options, side: name });
    return refuseEmpty(await run.keep(placeStage(stage, stages.texts[number])));
  } finally {
    await discard();
  }
}
