import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openLanguages } from "../../clean/language/open-languages.js";
import { readLid176 } from "../../clean/language/read-shipped.js";
import { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { orAborted } from "../../flow/or-aborted.js";
import { WorkerPool } from "../../runtime/worker-pool.js";
import { requireFolder } from "../../store/files/folder-error.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { removeLitter } from "../../store/files/remove-litter.js";
import { note, warning } from "../../wording.js";
import { checkDraft, hasDraft, readDraftInfo } from "./draft.js";
import type { FileFacts, FileNews, FileTask } from "./extract-file.js";
import type { ExtractInput } from "./find-inputs.js";
import type { ExtractSettings } from "./options.js";
import { reuseDrafts } from "./reuse-drafts.js";

/** Raised when the same file would give other sentences. */
export const DRAFT_VERSION = 5;

/** A file's sentences, and what is told of them. */
export interface Draft {
  path: string;
  facts: FileFacts;
}

export interface DraftingOptions extends Pick<ExtractSettings, "file" | "threads" | "model" | "reuse"> {
  signal?: AbortSignal;
  onEvent(event: JobEvent): void;
}

/**
 * Makes a draft of each file, in a folder of its own, over several threads. A draft that is there already was made from
 * the same file with the same options: its name says so.
 *
 * @throws InputError for a file that cannot be read, with `onError: "stop"`, or if none can; or if `reuse` is no folder
 */
export async function draftFiles(
  files: readonly ExtractInput[],
  folder: string,
  { file: settings, model, threads, reuse, signal, onEvent }: DraftingOptions,
): Promise<Draft[]> {
  if (reuse !== undefined) await requireFolder(reuse);
  await makeFolder(folder);
  await removeLitter(folder);
  const tasks = files.map(({ name, path, identity, state }): FileTask => {
    const key = JSON.stringify({ version: DRAFT_VERSION, name, identity, settings });
    const draft = join(folder, createHash("sha256").update(key).digest("hex").slice(0, 16));
    return { path, name, state, draft, settings, model };
  });
  if (reuse !== undefined) await takeDrafts(tasks, reuse, onEvent);
  const left = [];
  for (const task of tasks) if (!(await isDrafted(task, onEvent))) left.push(task);
  if (left.length < tasks.length)
    onEvent(note(`${tasks.length - left.length} of ${tasks.length} files were read before`));
  try {
    await draftAll(left, { threads, signal, onEvent, before: tasks.length - left.length });
  } finally {
    await removeLitter(folder);
  }
  return Promise.all(tasks.map(async ({ draft }) => ({ path: draft, facts: await readDraftInfo(draft) })));
}

async function takeDrafts(
  tasks: readonly FileTask[],
  reuse: string,
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  const drafts = tasks.map(({ draft }) => draft);
  const isComplete = drafts.every(hasDraft);
  if ((await reuseDrafts(drafts, reuse)) > 0 || isComplete) return;
  onEvent(
    warning(
      `${reuse}: has nothing that was read of these files with these options, so they are read again. Runs with clean keep nothing.`,
    ),
  );
}

/** Removes everything that is not one of these drafts. */
export async function dropOtherDrafts(folder: string, drafts: readonly Draft[]): Promise<void> {
  const kept = new Set(drafts.map(({ path }) => path));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!kept.has(path.replace(/\.[^/]*$/, ""))) await rm(path, { force: true });
  }
}

/** A thread takes longer to start than so much takes to read; nor does an abort wait long for it. */
const SMALL_BYTES = 1 << 16;

/** Of a pipe, and of what else has no size, nobody knows how much will come. */
function areSmall(tasks: readonly FileTask[]): boolean {
  const sizes = tasks.map(({ state }) => Number(state?.bytes ?? 0));
  return sizes.every((bytes) => bytes > 0) && sizes.reduce((sum, bytes) => sum + bytes, 0) <= SMALL_BYTES;
}

async function isDrafted({ draft, name }: FileTask, onEvent: (event: JobEvent) => void): Promise<boolean> {
  if (!hasDraft(draft)) return false;
  try {
    if ((await readDraftInfo<FileFacts>(draft)).unreadable) return false;
    await checkDraft(draft);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onEvent(note(`${name} is read again: ${error.explain({ advice: false })}`));
    return false;
  }
}

async function draftAll(
  tasks: readonly FileTask[],
  { threads, signal, onEvent, before }: Omit<DraftingOptions, "file"> & { before: number },
): Promise<void> {
  if (tasks.length === 0) return;
  let [records, files] = [0, before];
  const onNews = (news: FileNews) => {
    if ("fault" in news) {
      onEvent({ kind: "skipped", error: new InputError(news.fault.place, news.fault.problem) });
      return;
    }
    records += news.records;
    const detail = `${files} of ${before + tasks.length} files`;
    onEvent({ kind: "progress", stage: "read", done: records, unit: "records", detail });
  };
  // Read once for all threads, which share its memory.
  const model = tasks[0].model ?? readLid176();
  if (Math.min(threads, tasks.length) === 1 && areSmall(tasks)) {
    const { extractFile } = await import("./extract-file.js");
    const languages = openLanguages(model);
    for (const task of tasks) {
      signal?.throwIfAborted();
      await extractFile(task, onNews, languages);
      files++;
    }
    return;
  }
  const pool = new WorkerPool<FileTask, FileNews, void>(
    new URL("./worker.js", import.meta.url),
    Math.min(threads, tasks.length),
  );
  // A task has a channel for its news, so no more tasks are handed over than threads can do.
  const queue = tasks[Symbol.iterator]();
  const work = async () => {
    for (const task of queue) {
      await pool.run({ ...task, model }, onNews);
      files++;
    }
  };
  try {
    await orAborted(Promise.all(Array.from({ length: threads }, work)), signal);
  } finally {
    await pool.close();
  }
}
