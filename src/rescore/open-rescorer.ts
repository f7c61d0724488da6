import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { digestOf } from "../embed/folder/digest.js";
import { type KnownHashes, knownHashes, readThrough } from "../embed/folder/known-hashes.js";
import { listModules } from "../embed/folder/list-modules.js";
import { placeInput } from "../embed/folder/read-modules.js";
import { findTokenizer } from "../embed/folder/tokenizer-file.js";
import type { InputPlaces } from "../embed/folder/transformer-settings.js";
import { chooseVariant, externalData, listVariants } from "../embed/folder/variants.js";
import { openTokenSession } from "../embed/transformer/token-session.js";
import { ModelError, OptionError } from "../errors.js";
import type { JobListeners } from "../events.js";
import type { Session } from "../runtime/session.js";
import { noteStates, refuseChanges } from "../store/files/file-state.js";
import type { RunsOn } from "../types/runs-on.js";
import { option, say } from "../wording.js";
import { openBgeM3 } from "./bge-m3.js";
import { findHeads } from "./bge-m3-heads.js";
import { LOGITS, openCrossEncoder } from "./cross-encoder.js";
import { findRescorer } from "./find-rescorer.js";
import { CONFIGURATION, EXPORT, refuseOtherKinds } from "./needed-files.js";
import type { Rescorer } from "./rescorer.js";
import type { RescoreWeights } from "./weights.js";

export interface RescorerOptions extends JobListeners, RunsOn {
  /** Which model file of the folder. @default float32 if there is one */
  variant?: string;
  /** What BGE-M3's three scores count. @default 1 : 0.3 : 1 */
  weights?: RescoreWeights;
}

/**
 * Opens a re-scorer: a cross-encoder with one logit, or BGE-M3 with its three heads.
 *
 * @param name a folder, or a name of the hub
 * @throws ModelError if there is none, or it cannot be used; InputError if a file is damaged; OptionError for weights of
 *   what has none
 */
export async function openRescorer(name: string, options: RescorerOptions = {}): Promise<Rescorer> {
  const { weights, variant, threads, device } = options;
  const { path, name: called } = await findRescorer(name, options);
  const known = await knownHashes(path);
  await checkConfiguration(path, known);
  const input = await placeTokens(path);
  const files = await readdir(path);
  const isThere = listVariants([input.module, path]).length > 0;
  if (!isThere) refuseOtherKinds(called, files, false);
  const { path: modelPath } = chooseVariant([input.module, path], variant);
  const tokenizerPath = findTokenizer(input.path);
  if (tokenizerPath === undefined)
    throw new ModelError(`${called}: has no tokenizer.json.`, { advice: EXPORT });
  const needed = [modelPath, ...externalData(modelPath), tokenizerPath];
  const states = await noteStates(needed);
  const session = await openTokenSession(modelPath, { threads, device });
  try {
    const opened = { folder: path, input, session, modelPath, tokenizerPath };
    const heads = findHeads(modelPath, session.outputNames);
    if (!heads) refuseEncoder(called, session, files);
    if (!heads && weights !== undefined)
      throw new OptionError(
        say`${option("rescoreWeights")} weighs the three scores of BGE-M3; ${name} gives one.`,
        { advice: "Leave it out." },
      );
    const measures = heads ? await openBgeM3(opened, heads, weights) : await openCrossEncoder(opened);
    const { parts, settings, says, measure, scoreOf } = measures;
    // What the model gives for a short pair tells whether it can be used.
    await measure([["1", "1"]]);
    const digest = await digestOf(needed, settings, known);
    await refuseChanges(states);
    const [folder, file] = [basename(resolve(called)), basename(modelPath, ".onnx")];
    return {
      space: `${folder}-${file}-${digest.slice(0, 12)}`,
      parts,
      description: `${folder}: ${file} · ${says}`,
      measure,
      scoreOf,
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function checkConfiguration(path: string, known: KnownHashes): Promise<void> {
  for (const file of CONFIGURATION)
    if (known.has(join(path, file))) await readThrough(join(path, file), known, () => {});
}

async function placeTokens(path: string): Promise<InputPlaces> {
  const hasTokenizer = (folder: string) => findTokenizer(join(path, folder)) !== undefined;
  const input = placeInput((await listModules(path)) ?? [], hasTokenizer);
  return { path: join(path, input.path), module: join(path, input.module) };
}

/** @throws ModelError for a model that gives vectors and no score */
function refuseEncoder(name: string, { outputNames }: Session, files: readonly string[]): void {
  if (outputNames.some((output) => LOGITS.includes(output))) return;
  refuseOtherKinds(name, files, true);
  throw new ModelError(
    `${name}: is no re-scorer: its model gives ${outputNames.join(", ")}; expected the logits of a cross-encoder, or BGE-M3's dense_vecs, sparse_vecs and colbert_vecs.`,
    { advice: say`An encoder of sentences goes to ${option("encoder")}.` },
  );
}
