import { ARC_HEAD } from "./arc-head.js";
import type { Cursor } from "./cursor.js";
import { WARC_HEAD } from "./warc-head.js";

const LF = 0x0a;
const CR = 0x0d;
const WARC_HEAD_BYTES = 24;
const MAX_ARC_HEAD_BYTES = 64 * 1024;
const SCHEME = /^[a-z][a-z0-9+.-]{0,15}:/i;

/**
 * Drops bytes, one at least, until a line or a member begins with a record, at most `limit` of them.
 *
 * @returns whether a record begins here
 */
export async function seekRecord(cursor: Cursor, limit = Infinity): Promise<boolean> {
  const last = cursor.byte + limit;
  while (cursor.byte < last) {
    const next = nextStart(cursor, 0);
    cursor.drop(Math.min(next ?? cursor.bytes.length, last - cursor.byte));
    if (next === undefined && !(await cursor.grow())) return false;
    const isStart = next !== undefined || cursor.beginsMember(0);
    if (isStart && cursor.byte < last && (await startsRecord(cursor, 0))) return true;
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
    const next = nextStart(cursor, end);
    if (next !== undefined) {
      if (await startsRecord(cursor, next)) return next;
      end = next;
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

/**
 * Whether a record begins, a member begins (whatever it holds) or nothing more comes, behind the first `at` bytes and the
 * line ends that follow.
 */
export async function isBetweenRecords(cursor: Cursor, at: number): Promise<boolean> {
  const next = at + (await blankLength(cursor, at));
  return next >= cursor.bytes.length || cursor.beginsMember(next) || (await beginsRecord(cursor, next));
}

/** Where behind the first `from` of the bytes in hand a line or a member begins next. */
function nextStart(cursor: Cursor, from: number): number | undefined {
  const line = cursor.bytes.indexOf(LF, from) + 1 || undefined;
  const member = cursor.nextMember(from + 1);
  return line !== undefined && member !== undefined ? Math.min(line, member) : (line ?? member);
}

/** Whether a record begins behind the first `at` bytes; most lines can be told at a glance. */
async function startsRecord(cursor: Cursor, at: number): Promise<boolean> {
  return mayBegin(cursor.bytes, at) && (await beginsRecord(cursor, at));
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
  const end = cursor.bytes.indexOf(LF, at) + 1;
  if (end === 0 || end > at + MAX_ARC_HEAD_BYTES) return false;
  return ARC_HEAD.test(cursor.bytes.toString("latin1", at, end));
}

function mayBegin(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + WARC_HEAD_BYTES) return true;
  const start = bytes.toString("latin1", at, at + WARC_HEAD_BYTES);
  return start.startsWith("WARC/") || SCHEME.test(start);
}
