import { OptionError } from "../../errors.js";
import { toFloat16 } from "../../store/arrays/float16.js";
import type { TensorToWrite } from "../../store/arrays/write-tensors.js";
import { packTable } from "./pack.js";
import { BLOCK } from "./packed-table.js";
import { TENSORS } from "./static-folder.js";

/** How a table's numbers are stored; `int4` is read by crisscross alone. */
export const TABLE_TYPES = ["float32", "float16", "int4"] as const;
/** How the numbers of a table are stored. */
export type TableType = (typeof TABLE_TYPES)[number];

/** @throws OptionError if 4 bits are asked for and 32 does not divide the dimensions */
export function checkTableType(type: TableType, dimensions: number): void {
  if (type === "int4" && dimensions % BLOCK !== 0)
    throw new OptionError(
      `int4 packs blocks of ${BLOCK} numbers, but the table has ${dimensions} dimensions; expected a multiple of ${BLOCK}.`,
    );
}

/**
 * The tensors that hold a table of that type.
 *
 * @param blocks whole rows of the table, in order
 * @throws OptionError as `checkTableType`
 */
export async function tableTensors(
  type: TableType,
  rows: number,
  dimensions: number,
  blocks: Iterable<Float32Array> | AsyncIterable<Float32Array>,
): Promise<TensorToWrite[]> {
  checkTableType(type, dimensions);
  const shape = [rows, dimensions];
  if (type === "float32") return [{ name: TENSORS.model2vec, shape, blocks }];
  if (type === "float16") return [{ name: TENSORS.model2vec, shape, type: "F16", blocks: halves(blocks) }];
  const [bytes, scales]: [Uint8Array[], Uint16Array[]] = [[], []];
  for await (const block of blocks) {
    const packed = packTable(block);
    bytes.push(packed.bytes);
    scales.push(packed.scales);
  }
  return [
    { name: TENSORS.packed, shape: [rows, dimensions / 2], type: "U8", blocks: bytes },
    { name: TENSORS.scales, shape: [rows, dimensions / BLOCK], type: "F16", blocks: scales },
  ];
}

async function* halves(blocks: Iterable<Float32Array> | AsyncIterable<Float32Array>) {
  for await (const block of blocks) yield Uint16Array.from(block, toFloat16);
}
