import { join } from "node:path";
import type { CleanOptions } from "../../clean/clean.js";
import type { JobEvent } from "../../events.js";
import type { ReadOptions } from "../../read/input.js";
import type { Keep } from "../../store/run/stage.js";
import type { SideName } from "../../types.js";
import { identify } from "./identify.js";
import { type Side, type Sides, sideStage } from "./side.js";
import { textOfSource } from "./text-of-vectors.js";
import type { TextSource } from "./text-source.js";

export interface ReadSidesOptions extends CleanOptions {
  read?: ReadOptions;
  readTarget?: ReadOptions;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Reads both sides, or takes what a run folder keeps of them if their inputs have not changed. */
export async function readSides(
  source: TextSource,
  target: TextSource,
  keep: Keep,
  runFolder: string | undefined,
  options: ReadSidesOptions,
): Promise<Sides> {
  const { read, readTarget = read } = options;
  return {
    source: await readSide("source", source, read, keep, runFolder, options),
    target: await readSide("target", target, readTarget, keep, runFolder, options),
  };
}

async function readSide(
  side: SideName,
  given: TextSource,
  givenRead: ReadOptions | undefined,
  keep: Keep,
  runFolder: string | undefined,
  { minCharacters, maxCharacters, signal, onEvent }: ReadSidesOptions,
): Promise<Side> {
  const { source, read } = await textOfSource(given, givenRead);
  const options = { side, read, minCharacters, maxCharacters, signal, onEvent };
  if (runFolder === undefined) return keep(sideStage(source, undefined, options));
  const input = await identify(source, join(runFolder, `.${side}.spool.part`), signal);
  try {
    return await keep(sideStage(input.source, input.hash, options));
  } finally {
    await input.discard();
  }
}
