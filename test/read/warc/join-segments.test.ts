import test from "ava";
import { joinSegments } from "../../../src/read/warc/join-segments.js";
import { MAX_BLOCK_BYTES, type Segment, type WebRecord } from "../../../src/read/warc/web-record.js";

function record(text: string, type: string, segment?: Segment): WebRecord {
  const block = Buffer.from(text);
  const id = segment?.number === 1 ? "origin" : undefined;
  return { offset: 0, type, id, contentType: "", block, length: block.length, segment };
}

const first = (text: string) => record(text, "response", { number: 1 });
const next = (text: string, number: number, total?: number, origin = "origin") =>
  record(text, "continuation", { number, origin, total });
const whole = (text: string, type = "response") => record(text, type);

async function join(...records: WebRecord[]): Promise<[text: string, type: string, cut: boolean][]> {
  async function* given() {
    yield* records;
  }
  const joined: [string, string, boolean][] = [];
  for await (const { block, type, cut = false } of joinSegments(given()))
    joined.push([block.toString(), type, cut]);
  return joined;
}

test("segments that follow are one record, also with a request between them", async (t) => {
  t.deepEqual(await join(first("a"), next("b", 2), next("c", 3, 3), whole("d")), [
    ["abc", "response", false],
    ["d", "response", false],
  ]);
  t.deepEqual(await join(first("a"), whole("q", "request"), next("b", 2, 2)), [
    ["q", "request", false],
    ["ab", "response", false],
  ]);
});

test("a record is cut where its next segment does not come", async (t) => {
  const cut = ["a", "response", true];
  t.deepEqual(await join(first("a")), [cut]);
  t.deepEqual(await join(first("a"), whole("b"), next("c", 2, 2)), [
    cut,
    ["b", "response", false],
    ["c", "continuation", false],
  ]);
  t.deepEqual(await join(first("a"), next("c", 3, 3)), [cut, ["c", "continuation", false]]);
  t.deepEqual(await join(first("a"), next("b", 2, 2, "another")), [cut, ["b", "continuation", false]]);
  t.deepEqual(await join(first("a"), next("b", 2), first("c"), next("d", 2, 2)), [
    ["ab", "response", true],
    ["cd", "response", false],
  ]);
  t.deepEqual(await join(first("a"), next("b", 2, 99)), [["ab", "response", true]]);
});

test("a record with one segment is whole", async (t) => {
  t.deepEqual(await join(record("a", "response", { number: 1, total: 1 })), [["a", "response", false]]);
});

test("segments that are together longer than a block may be are not held", async (t) => {
  const half = "x".repeat(MAX_BLOCK_BYTES / 2 + 1);
  async function* given() {
    yield* [first(half), next(half, 2), next(half, 3, 3 * half.length)];
  }
  for await (const { block, length } of joinSegments(given()))
    t.deepEqual([block.length, length], [half.length, 3 * half.length]);
});
