import { join } from "node:path";
import { InputError } from "../../errors.js";
import { type TimedRun, timed } from "../../events.js";
import { closing } from "../../flow/closing.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { SideName } from "../../types/texts.js";
import { identifyText } from "./identify.js";
import type { OpenedSource } from "./open-sources.js";
import { hasField, type OpenSides, type Side, type SideOptions, type Sides, sideStage } from "./side.js";
import type { SideText } from "./source-kind.js";

/** Reads both sides, or takes what a run folder keeps of them if their inputs have not changed. */
export async function readSides(
  sources: Record<SideName, OpenedSource>,
  settings: Omit<SideOptions, "side">,
  run: TimedRun,
): Promise<OpenSides> {
  const read = (side: SideName) =>
    timed(run.seconds, "read", () => readSide(sources[side].text, { ...settings, side }, run));
  const open: Side[] = [];
  try {
    for (const side of ["source", "target"] as const) open.push(await read(side));
    const [source, target] = open;
    if (source.texts.length > 0 && target.texts.length > 0) refuseUnknownFields({ source, target });
    return { source, target, ...closing(open) };
  } catch (error) {
    for (const side of open) side.close();
    throw error;
  }
}

async function readSide(given: SideText, options: SideOptions, { keep, folder }: TimedRun): Promise<Side> {
  if (folder === undefined) return keep(sideStage(given, options));
  const spool = temporaryPath(join(folder, `${options.side}.spool`));
  const { text, discard } = await identifyText(given, spool, options.signal);
  try {
    return await keep(sideStage(text, options));
  } finally {
    await discard();
  }
}

/** @throws InputError if a field that was asked for is in no record of either side */
function refuseUnknownFields({ source, target }: Sides): void {
  for (const [i, name] of (source.fields ?? []).entries()) {
    if (hasField(source, i) || hasField(target, i)) continue;
    throw new InputError({ path: `${source.name} and ${target.name}` }, `no record has a field "${name}".`, {
      advice: "Name one that is there (in tsv a column's number), or leave it out.",
    });
  }
}
