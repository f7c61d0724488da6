import { join } from "node:path";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { Keeping } from "../../store/run/stage.js";
import type { SideName } from "../../types.js";
import { identifyText } from "./identify.js";
import type { OpenedSource } from "./open-source.js";
import { type Side, type SideOptions, type Sides, sideStage } from "./side.js";
import type { SideText } from "./text-source.js";

export type ReadSidesOptions = Omit<SideOptions, "side">;

/** Reads both sides, or takes what a run folder keeps of them if their inputs have not changed. */
export async function readSides(
  { source, target }: Record<SideName, OpenedSource>,
  keeping: Keeping,
  options: ReadSidesOptions,
): Promise<Sides> {
  return {
    source: await readSide(source.text, keeping, { ...options, side: "source" }),
    target: await readSide(target.text, keeping, { ...options, side: "target" }),
  };
}

async function readSide(given: SideText, { keep, folder }: Keeping, options: SideOptions): Promise<Side> {
  if (folder === undefined) return keep(sideStage(given, options));
  const { text, discard } = await identifyText(
    given,
    temporaryPath(join(folder, `${options.side}.spool`)),
    options.signal,
  );
  try {
    return await keep(sideStage(text, options));
  } finally {
    await discard();
  }
}
