import type { InputError } from "../../../src/errors.js";
import type { Input } from "../../../src/read/input.js";
import { readMembers } from "../../../src/read/members/read-members.js";
import { openBytes } from "../../../src/read/open.js";
import { readRecords } from "../../../src/read/warc/read-records.js";
import type { WebRecord } from "../../../src/read/warc/web-record.js";

/** All records of a dump, and all that is reported of it. */
export async function readDump(input: Input): Promise<{ records: WebRecord[]; faults: InputError[] }> {
  const records: WebRecord[] = [];
  const faults: InputError[] = [];
  const pieces = readMembers(openBytes(input, "dump"), "dump");
  for await (const record of readRecords(pieces, "dump", (fault) => faults.push(fault))) records.push(record);
  return { records, faults };
}

export function textsOf(records: readonly WebRecord[]): string[] {
  return records.map(({ block }) => block.toString());
}
