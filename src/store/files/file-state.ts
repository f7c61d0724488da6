import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";

/** What a file was before it was read for the first of several times; plain data, which can go to a thread. */
export interface FileState {
  path: string;
  /** What messages call it. */
  name: string;
  device: bigint;
  inode: bigint;
  bytes: bigint;
  /** When its content was written, and when anything about it changed, in nanoseconds. */
  writtenNs: bigint;
  changedNs: bigint;
}

/**
 * Notes what a file is. Of what is none there is nothing to note: its reader reports what is missing, and a stream is
 * copied before it is read.
 */
export async function noteState(path: string, name = path): Promise<FileState | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.isFile() ? stateOf(found, path, name) : undefined;
}

/** The same of several; of a path that is not known there is nothing to note. */
export async function noteStates(paths: readonly (string | undefined)[]): Promise<(FileState | undefined)[]> {
  return Promise.all(paths.map(async (path) => (path === undefined ? undefined : noteState(path))));
}

/**
 * Refuses to go on with files of which one reading may have seen what another has not. To be asked after the last
 * reading, before anything made of it gets its final name.
 *
 * @throws InputError that says what is no longer as it was noted
 */
export async function refuseChanges(files: readonly (FileState | undefined)[]): Promise<void> {
  for (const before of files) {
    if (before === undefined) continue;
    const { path, name } = before;
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    const change = found ? describeChange(before, stateOf(found, path, name)) : "is gone";
    if (change === undefined) continue;
    throw new InputError({ path: name }, `${change}, while it was read more than once.`, {
      advice: "Run again when nothing writes it any more, or give a copy.",
    });
  }
}

/**
 * Does what reads such files.
 *
 * @throws InputError as `refuseChanges`, at its end or in place of its own error: that may be of what came meanwhile
 */
export async function unlessChanged<T>(
  files: readonly (FileState | undefined)[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    await refuseChanges(files);
  }
}

/**
 * What is read of files that are read again or were hashed, as long as they are what was noted.
 *
 * @throws InputError as `refuseChanges`, once all is read or when something cannot be: it may be what came meanwhile
 */
export async function* whileUnchanged<T>(
  items: AsyncIterable<T>,
  files: readonly (FileState | undefined)[],
): AsyncGenerator<T, void, undefined> {
  try {
    yield* items;
  } finally {
    await refuseChanges(files);
  }
}

function stateOf(found: BigIntStats, path: string, name: string): FileState {
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return { path, name, device: dev, inode: ino, bytes: size, writtenNs: mtimeNs, changedNs: ctimeNs };
}

function describeChange(before: FileState, now: FileState): string | undefined {
  if (before.device !== now.device || before.inode !== now.inode) return "is another file than at first";
  if (before.bytes !== now.bytes) return `had ${before.bytes} bytes at first and has ${now.bytes} now`;
  if (before.writtenNs !== now.writtenNs) return `was written again at ${timeOf(now.writtenNs)}`;
  // What sets the time of writing back, as `touch -r` does, cannot set this one.
  if (before.changedNs !== now.changedNs) return `was changed at ${timeOf(now.changedNs)}`;
  return undefined;
}

const timeOf = (ns: bigint) => new Date(Number(ns / 1_000_000n)).toISOString();
