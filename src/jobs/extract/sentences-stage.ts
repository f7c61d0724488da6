import { createHash } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { temporaryPath, writeWholeText } from "../../store/files/whole-file.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { Stage } from "../../store/run/stage.js";
import { VolumeWriter } from "../../write/volumes.js";
import { CompressBeside } from "../../zstd/beside/compress-beside.js";
import { DRAFT_VERSION, type Draft, draftFiles, dropOtherDrafts } from "./draft-files.js";
import { describeNothing, type ExtractSummary, summarise } from "./extract-summary.js";
import type { ExtractInput } from "./find-inputs.js";
import { joinDrafts } from "./join-drafts.js";
import { type LossOptions, refuseLoss } from "./lost-languages.js";
import { DRAFTS, OUTPUTS, SENTENCES } from "./names.js";
import type { ExtractSettings } from "./options.js";

const STATS = "stats.json";
/** A thread takes longer to start than fewer sentences take to compress. */
const LEAST_BESIDE = 50_000;

/** What is to be written, complete under other names. */
interface Prepared extends ExtractSummary {
  publish(): Promise<void>;
}

/** All that is written, made of a draft of each file. */
export function sentencesStage(
  run: RunFolder,
  files: readonly ExtractInput[],
  settings: ExtractSettings,
  listening: LossOptions & { signal?: AbortSignal },
): Stage<ExtractSummary, Prepared> {
  const { file, compression, shardSize } = settings;
  return {
    name: SENTENCES,
    files: [STATS],
    from: [],
    key: { version: DRAFT_VERSION, inputs: describeInputs(files), ...file, compression, shardSize },
    make: () => prepare(run, files, settings, listening),
    save: async ({ publish, ...summary }, folder) => {
      await replaceOutputs(run, Object.keys(summary.outputs), publish);
      await writeWholeText(join(folder, STATS), `${JSON.stringify(summary, null, 2)}\n`);
    },
    load: async (folder) => {
      const summary = await loadSummary(folder);
      await run.check(OUTPUTS);
      return summary;
    },
  };
}

async function prepare(
  run: RunFolder,
  files: readonly ExtractInput[],
  { file, model, compression, shardSize, memory, threads, reuse }: ExtractSettings,
  { signal, force, onEvent }: LossOptions & { signal?: AbortSignal },
): Promise<Prepared> {
  const folder = run.path;
  const drafting = { file, model, threads, reuse, signal, onEvent };
  const drafts = await draftFiles(files, join(folder, DRAFTS), drafting);
  refuseUnreadable(drafts);
  const languages = new Set(drafts.flatMap(({ facts }) => facts.outputs)).size;
  const kept = drafts.reduce((sum, { facts }) => sum + facts.counts.sentences.kept, 0);
  const isBeside = compression === "zst" && threads > 1 && kept >= LEAST_BESIDE;
  await using beside = isBeside ? new CompressBeside(languages, threads) : undefined;
  const outputs = { suffix: file.outputFormat, compression, beside, volumeSize: shardSize };
  const writer = new VolumeWriter(folder, outputs);
  try {
    const spill = temporaryPath(join(folder, "spill"));
    const joined = await joinDrafts(drafts, writer, { memory, spill, signal, onEvent });
    await writer.finish();
    const summary = summarise(drafts, joined, writer.files);
    if (Object.keys(writer.files).length === 0)
      throw new InputError({ path: nameAll(files) }, describeNothing(summary));
    const written = Object.values(writer.files).map(({ group }) => group);
    refuseLoss(run, written, { force, onEvent });
    await dropOtherDrafts(join(folder, DRAFTS), drafts);
    return { ...summary, publish: () => writer.publish() };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** @throws InputError if no file could be opened */
export function refuseUnreadable(drafts: readonly Draft[]): void {
  const faults = drafts.map(({ facts }) => facts.unreadable);
  const [first] = faults;
  const isUntouched = ({ facts }: Draft) => facts.counts.records.read + facts.counts.records.broken === 0;
  if (first && faults.every(Boolean) && drafts.every(isUntouched))
    throw new InputError(first.place, first.problem, { advice: first.advice });
}

/**
 * Gives new files their names, and removes those of an earlier run that are not among them, even if it is killed in
 * between.
 */
async function replaceOutputs(run: RunFolder, names: string[], publish: () => Promise<void>): Promise<void> {
  const before = (run.keyOf(OUTPUTS)?.names ?? []) as string[];
  await run.record(OUTPUTS, { names: [...new Set([...before, ...names])] }, 0);
  for (const name of before) if (!names.includes(name)) await rm(join(run.path, name), { force: true });
  await publish();
  await run.record({ name: OUTPUTS, files: names }, { names }, 0);
}

/** @throws InputError if a file is gone or has changed */
async function loadSummary(folder: string): Promise<ExtractSummary> {
  const summary: ExtractSummary = JSON.parse(await readFile(join(folder, STATS), "utf8"));
  for (const [name, { size }] of Object.entries(summary.outputs)) {
    const path = join(folder, name);
    const found = await stat(path).catch((cause) => {
      throw new InputError({ path }, "is gone.", { cause });
    });
    if (found.size !== size)
      throw new InputError({ path }, `has ${found.size} bytes, but had ${size} when it was written.`);
  }
  return summary;
}

/** The inputs in a form that stays short in messages and shows each change. */
function describeInputs(files: readonly ExtractInput[]): string {
  const told = files.map(({ name, identity }) => JSON.stringify([name, identity]));
  const hash = createHash("sha256").update(told.join("\n")).digest("hex");
  return `${files.length === 1 ? "1 file" : `${files.length} files`}, ${hash}`;
}

export function nameAll(files: readonly ExtractInput[]): string {
  return files.length === 1 ? files[0].name : `${files.length} files`;
}
