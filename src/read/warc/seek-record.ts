import { ARC_HEAD } from "./arc-head.js";
import type { Cursor } from "./cursor.js";
import { WARC_HEAD } from "./warc-head.js";

const LF = 0x0a;
const CR = 0x0d;
const WARC_HEAD_BYTES = 24;
const MAX_ARC_HEAD_BYTES = 64 * 1024;
const SCHEME = /^[a-z][a-z0-9+.-]{0,15}:/i;

/**
 * Drops bytes, one at least, until a line begins a record, at most `limit` of them.
 *
 * @returns whether a record begins here
 */
export async function seekRecord(cursor: Cursor, limit = Infinity): Promise<boolean> {
  const last = cursor.byte + limit;
  while (cursor.byte < last) {
    const line = cursor.bytes.indexOf(LF) + 1;
    cursor.drop(Math.min(line || cursor.bytes.length, last - cursor.byte));
    if (line > 0 && cursor.byte < last && mayBegin(cursor.bytes, 0) && (await beginsRecord(cursor, 0))) {
      return true;
    }
    if (line === 0 && !(await cursor.grow())) return false;
  }
  return false;
}

/**
 * The length of the block that stands here, if its end is where the next record begins or nothing more comes.
 *
 * @returns undefined if it is longer than `limit`
 */
export async function findBlockEnd(cursor: Cursor, limit: number): Promise<number | undefined> {
  let end = 0;
  while (end <= limit) {
    const line = cursor.bytes.indexOf(LF, end) + 1;
    if (line > 0) {
      if (mayBegin(cursor.bytes, line) && (await beginsRecord(cursor, line))) return line;
      end = line;
    } else {
      if (cursor.bytes.length > limit) return undefined;
      if (!(await cursor.grow())) return cursor.bytes.length;
    }
  }
  return undefined;
}

/** Drops the line ends that stand here. */
export async function skipBlank(cursor: Cursor): Promise<void> {
  cursor.drop(await blankLength(cursor, 0));
}

/** Whether a record begins, or nothing more comes, behind the first `at` bytes and the line ends that follow. */
export async function isBetweenRecords(cursor: Cursor, at: number): Promise<boolean> {
  const next = at + (await blankLength(cursor, at));
  return next >= cursor.bytes.length || (await beginsRecord(cursor, next));
}

async function blankLength(cursor: Cursor, at: number): Promise<number> {
  let end = at;
  while (await cursor.hold(end + 1)) {
    if (cursor.bytes[end] !== LF && cursor.bytes[end] !== CR) break;
    end++;
  }
  return end - at;
}

/** Whether a record begins, as far as the file goes, behind the first `at` bytes. */
export async function beginsRecord(cursor: Cursor, at: number): Promise<boolean> {
  const isWhole = await cursor.hold(at + WARC_HEAD_BYTES);
  const start = cursor.bytes.toString("latin1", at, at + WARC_HEAD_BYTES);
  if (WARC_HEAD.test(start)) return true;
  if (!isWhole && start !== "" && "WARC/".startsWith(start.slice(0, 5))) return true;
  if (!SCHEME.test(start)) return false;
  await cursor.hold(at + MAX_ARC_HEAD_BYTES);
  return ARC_HEAD.test(cursor.bytes.toString("latin1", at, at + MAX_ARC_HEAD_BYTES));
}

/** Whether to look closer: most lines can be told at a glance. */
function mayBegin(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + WARC_HEAD_BYTES) return true;
  const start = bytes.toString("latin1", at, at + WARC_HEAD_BYTES);
  return start.startsWith("WARC/") || SCHEME.test(start);
}
