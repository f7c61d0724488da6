import { closeSync, existsSync, fstatSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { readUpToSync } from "../store/files/whole-io.js";

/** Fields of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const GRAPH = 7;
const NODE = 1;
const INITIALIZER = 5;
const ATTRIBUTE = 5;
const ATTRIBUTE_TENSOR = 5;
const EXTERNAL_DATA = 13;

/** A tensor without its numbers, which are in another file, is smaller. */
const MOST_BYTES_OUTSIDE = 16 * 1024;
/** A field's number, type and length. */
const HEAD_BYTES = 20;
const BLOCK_BYTES = 64 * 1024;

/**
 * The files that hold a model's weights beside it, by what its graph says of its initialisers and constants; none of a
 * file that is not a model. Memory: a block of the file, however large that is.
 */
export function findExternalData(modelPath: string): string[] {
  // A link may lead nowhere.
  if (!existsSync(modelPath)) return [];
  const file = openSync(modelPath, "r");
  const locations = new Set<string>();
  try {
    const { size } = fstatSync(file);
    const read = blockReader(file);
    for (const { start, end } of tensors(read, size)) {
      if (end - start > MOST_BYTES_OUTSIDE) continue;
      const location = locationOf(new BinaryReader(read(start, end)));
      if (location !== undefined) locations.add(location);
    }
  } catch {
    // What is broken is told by the runtime.
  } finally {
    closeSync(file);
  }
  return [...locations].map((location) => join(dirname(modelPath), location));
}

/** Where a model's tensors are: its initialisers, and what the attributes of its nodes hold. */
function* tensors(read: Read, size: number) {
  for (const graph of fields(read, 0, size, GRAPH)) {
    yield* fields(read, graph.start, graph.end, INITIALIZER);
    for (const node of fields(read, graph.start, graph.end, NODE))
      for (const attribute of fields(read, node.start, node.end, ATTRIBUTE))
        yield* fields(read, attribute.start, attribute.end, ATTRIBUTE_TENSOR);
  }
}

/** Where the fields of that number begin and end in a message that lies from `start` to `end`. */
function* fields(read: Read, start: number, end: number, wanted: number) {
  for (let at = start; at < end; ) {
    const reader = new BinaryReader(read(at, Math.min(at + HEAD_BYTES, end)));
    const [field, type] = reader.tag();
    if (type !== WireType.LengthDelimited) {
      reader.skip(type, field);
      at += reader.pos;
      continue;
    }
    const length = reader.uint32();
    at += reader.pos;
    if (field === wanted) yield { start: at, end: at + length };
    at += length;
  }
}

/** The entry `location` of a TensorProto's external data. */
function locationOf(tensor: BinaryReader): string | undefined {
  while (tensor.pos < tensor.len) {
    const [field, type] = tensor.tag();
    if (field !== EXTERNAL_DATA) {
      tensor.skip(type, field);
      continue;
    }
    const [key, value] = readEntry(new BinaryReader(tensor.bytes()));
    if (key === "location") return value;
  }
  return undefined;
}

/** A StringStringEntryProto. */
function readEntry(entry: BinaryReader): [key: string, value: string] {
  const texts = ["", ""];
  while (entry.pos < entry.len) {
    const [field] = entry.tag();
    texts[field - 1] = entry.string();
  }
  return [texts[0], texts[1]];
}

/** The bytes of a file from `start` up to `end`, or to its end. */
type Read = (start: number, end: number) => Uint8Array;

function blockReader(file: number): Read {
  const block = Buffer.alloc(BLOCK_BYTES);
  let [first, filled] = [0, 0];
  return (start, end) => {
    if (start < first || end > first + filled) {
      first = start;
      filled = readUpToSync(file, block, start);
    }
    return block.subarray(start - first, Math.min(end - first, filled));
  };
}
