import { InputError } from "../../errors.js";
import { say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { Piece } from "../members/piece.js";
import { Cursor } from "./cursor.js";
import { beginsRecord, findBlockEnd, isBetweenRecords, seekRecord, skipBlank } from "./seek-record.js";
import { takeHead } from "./take-head.js";
import { BLOCK_START_BYTES, MAX_BLOCK_BYTES, type RecordHead, type WebRecord } from "./web-record.js";

const LF = 0x0a;
const CR = 0x0d;
const RECORD_END = /^\r?\n\r?\n/;

/** What was found where a record should be. With a problem there is no record, or what can be saved of it. */
interface RecordAttempt {
  record?: WebRecord;
  problem?: string;
}

/**
 * The records of a WARC, WET or ARC. An unreadable one is reported and left out, and the next one looked for; one with
 * a wrong length, or in which the file ends, is reported, and what there is of it is given. Damage to several records
 * in a row is reported once. Costs the memory of a block.
 *
 * @param path the file's name in messages
 */
export async function* readRecords(
  pieces: AsyncIterable<Piece>,
  path: string,
  report: Report,
): AsyncGenerator<WebRecord> {
  const cursor = new Cursor(pieces);
  let damaged = false;
  const tell = (error: InputError) => {
    if (!damaged) report(error);
    damaged = true;
  };
  try {
    if (!(await cursor.hold(1)) && !cursor.fault) {
      tell(new InputError({ path, byte: 0 }, "is empty; expected records of a WARC, WET or ARC."));
    }
    while (await reachRecord(cursor, tell)) {
      const byte = cursor.offset;
      const { record, problem } = await takeRecord(cursor);
      if (record) yield record;
      if (problem === undefined) damaged = false;
      else if ((await beginsRecord(cursor, 0)) || (await seekRecord(cursor)) || !cursor.fault) {
        tell(
          new InputError({ path, byte }, `${problem}.`, {
            advice: say`Fetch the file again, or pass ${SKIP}.`,
          }),
        );
      }
    }
  } finally {
    await cursor.close();
  }
}

/** Goes to the next record, past whatever breaks the file off; false at its end. */
async function reachRecord(cursor: Cursor, tell: Report): Promise<boolean> {
  for (;;) {
    await skipBlank(cursor);
    if (cursor.bytes.length > 0) return true;
    if (!cursor.fault) return false;
    tell(cursor.fault);
    cursor.passFault();
  }
}

async function takeRecord(cursor: Cursor): Promise<RecordAttempt> {
  const { offset } = cursor;
  const head = await takeHead(cursor);
  if (typeof head === "string") return { problem: head };
  const { length } = head;
  if (length > MAX_BLOCK_BYTES) return takeStart(cursor, head, offset);
  if (!(await cursor.hold(length)) || !(await isBetweenRecords(cursor, length))) {
    return saveBlock(cursor, head, offset);
  }
  const block = cursor.bytes.subarray(0, length);
  cursor.drop(length);
  return { record: { ...head, offset, block } };
}

/** A record whose block has another length than its header says. */
async function saveBlock(cursor: Cursor, head: RecordHead, offset: number): Promise<RecordAttempt> {
  const length = await findBlockEnd(cursor, MAX_BLOCK_BYTES);
  if (length === undefined) return takeDeclared(cursor, head, offset);
  const cut = head.cut || length === cursor.bytes.length;
  const problem =
    length === cursor.bytes.length && length < head.length
      ? `the file ends after ${length} of the ${head.length} bytes that Content-Length gives this record`
      : describeWrongLength(head.length);
  const block = cursor.bytes.subarray(0, length);
  cursor.drop(length);
  return { record: { ...head, offset, block: withoutLineEnds(block), length, cut }, problem };
}

/** A block without a record soon after it: its declared length counts if a WARC record ends there, as it must. */
function takeDeclared(cursor: Cursor, head: RecordHead, offset: number): RecordAttempt {
  const problem = describeWrongLength(head.length);
  if (!RECORD_END.test(cursor.bytes.toString("latin1", head.length, head.length + 4))) return { problem };
  const block = cursor.bytes.subarray(0, head.length);
  cursor.drop(head.length);
  return { record: { ...head, offset, block }, problem };
}

/** Passes over a block that is too long to be held. */
async function takeStart(cursor: Cursor, head: RecordHead, offset: number): Promise<RecordAttempt> {
  const { length } = head;
  const end = cursor.byte + length;
  await cursor.hold(BLOCK_START_BYTES);
  const block = Buffer.from(cursor.bytes.subarray(0, BLOCK_START_BYTES));
  // Dropped bytes are gone: if the length is wrong, at most one record may be lost.
  const early = await seekRecord(cursor, length);
  if (!early && cursor.byte < end) {
    return { problem: `the file ends before the ${length} bytes that Content-Length gives this record` };
  }
  if (early || !(await isBetweenRecords(cursor, 0))) return { problem: describeWrongLength(length) };
  return { record: { ...head, offset, block } };
}

function describeWrongLength(length: number): string {
  return `no record follows the ${length} bytes that Content-Length gives this one`;
}

function withoutLineEnds(block: Buffer): Buffer {
  let end = block.length;
  while (end > 0 && (block[end - 1] === LF || block[end - 1] === CR)) end--;
  return block.subarray(0, end);
}
