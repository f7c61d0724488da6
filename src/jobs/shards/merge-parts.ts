import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { hashFile } from "../../steps/texts/identify.js";
import { type Side, sideStage } from "../../steps/texts/side.js";
import { nameBytes } from "../../steps/texts/text-source.js";
import { readCandidateInfo } from "../../store/corpus/candidate-files.js";
import { writeGroups } from "../../store/corpus/group-files.js";
import { RunFolder } from "../../store/run/run-folder.js";
import type { Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types.js";
import { joinParts, type MergedBackward, mergeBackward } from "./merge-lists.js";
import type { PartInfo } from "./part.js";
import { type Part, readParts } from "./read-parts.js";

export interface MergePartsOptions {
  /** Where the source's text lies, if it has moved since it was searched. @default where it was */
  source?: string;
  /** Where the target's text lies, if it has moved since it was searched. @default where it was */
  target?: string;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

export interface MergeSummary {
  parts: number;
  /** Distinct pairs among the neighbours of either direction. */
  candidates: number;
  facts: SearchFacts;
}

/**
 * Merges the parts of one search into a run folder, which `selectRun` chooses pairs from: the same files as those of
 * `mine` with the same vectors, however many shards there were. Neighbours of all shards are merged before any mean is
 * taken, since a mean over a part of them makes margins too high.
 *
 * Memory: a block of a part, and the candidates of 262,144 sources, or of as many targets if those are more; and the texts
 * of one side.
 *
 * @throws InputError if the parts are not all those of one search, or a text has changed; OutputError
 */
export async function mergeParts(
  folders: readonly string[],
  output: string,
  options: MergePartsOptions = {},
): Promise<MergeSummary> {
  const { signal, onEvent = () => {} } = options;
  const parts = await readParts(folders);
  const texts = {
    source: await findText("source", parts[0], options.source),
    target: await findText("target", parts[0], options.target),
  };
  const run = await RunFolder.open(output, "mine", (news) => onEvent({ kind: "stage", ...news }));
  try {
    for (const name of ["source", "target"] as const) {
      const side = await run.keep(textStage(name, texts[name], parts[0].info, { signal, onEvent }));
      side.close();
    }
    await run.keep(mergedStage(parts, run.path, { signal, onEvent }));
    const { facts, length } = await readCandidateInfo<SearchFacts>(run.path);
    return { parts: parts.length, candidates: length, facts };
  } finally {
    await run.close();
  }
}

interface Listeners {
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** A side's text, which must still be the one that was searched. */
async function findText(name: SideName, { folder, info }: Part, given?: string): Promise<string> {
  // Of what a link leads to: a path goes up from there.
  const path = given ?? resolve(await realpath(folder), info.texts[name].path);
  if (!existsSync(path))
    throw new InputError(
      { path },
      given === undefined
        ? `the ${name}'s text is not there any more. Say with --${name} where it is.`
        : "cannot be found.",
    );
  if ((await hashFile(path)) !== info.keys[name].input)
    throw new InputError({ path }, `is not the text whose vectors ${folder} was searched from.`);
  return path;
}

function textStage(
  name: SideName,
  path: string,
  { keys, texts }: PartInfo,
  listeners: Listeners,
): Stage<Side> {
  const { minCharacters, maxCharacters } = keys[name] as { minCharacters?: number; maxCharacters?: number };
  const text = { ...nameBytes(path, texts[name].read), hash: keys[name].input as string };
  return sideStage(text, { side: name, minCharacters, maxCharacters, ...listeners });
}

function mergedStage(
  parts: readonly Part[],
  folder: string,
  listeners: Listeners,
): Stage<unknown, MergedBackward> {
  const { signal, onEvent } = listeners;
  const onProgress = (done: number, total: number) =>
    onEvent({ kind: "progress", stage: "merge", done, total, unit: "sentences" });
  return {
    name: "candidates",
    key: parts[0].info.keys.candidates,
    make: () => mergeBackward(parts, folder, { signal, onProgress }),
    save: async (backward) => {
      await writeGroups(folder, undefined);
      await joinParts(parts, backward, folder, { signal, onProgress });
    },
    load: () => readCandidateInfo(folder),
  };
}
