import { existsSync } from "node:fs";
import { InputError } from "../../errors.js";
import { openTensors } from "../../store/arrays/safetensors.js";
import { type TensorToWrite, writeTensors } from "../../store/arrays/write-tensors.js";
import { openSum } from "../../store/files/checksum.js";
import type { Checkpoint } from "../../train/training.js";

/** Writes all that training needs to go on: twice the table. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { step, table, accumulators, kept, misses, validated } = checkpoint;
  const tensor = (name: string, values: Float32Array): TensorToWrite => ({
    name,
    shape: [values.length],
    blocks: [values],
  });
  const numbers = [step, misses, validated, kept.step, kept.accuracy];
  const state = Float64Array.of(...numbers, ...(await sumOf(numbers, [table, accumulators, kept.table])));
  await writeTensors(path, [
    { name: "state", shape: [state.length], type: "F64", blocks: [state] },
    tensor("table", table),
    tensor("accumulators", accumulators),
    tensor("kept", kept.table),
  ]);
}

/**
 * What `saveCheckpoint` wrote; nothing where it wrote nothing.
 *
 * @throws InputError if it is damaged
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return await readCheckpoint(path);
  } catch (cause) {
    throw new InputError({ path }, "what the interrupted training left is damaged.", {
      advice: "Remove it to train from the start.",
      cause,
    });
  }
}

async function readCheckpoint(path: string): Promise<Checkpoint> {
  await using file = await openTensors(path);
  const floats = async (name: string) => (await file.read(name)).data;
  const { data } = await file.readBytes("state", "F64");
  const state = new Float64Array(data.buffer);
  const [step, misses, validated, keptStep, accuracy, ...sum] = state;
  const [table, accumulators, kept] = [
    await floats("table"),
    await floats("accumulators"),
    await floats("kept"),
  ];
  const found = await sumOf([...state.subarray(0, NUMBERS)], [table, accumulators, kept]);
  // An earlier version noted none.
  if (state.length !== NUMBERS && sum.join() !== found.join())
    throw new InputError({ path }, "is not as it was written.");
  return { step, misses, validated, table, accumulators, kept: { step: keptStep, accuracy, table: kept } };
}

/** Numbers of a checkpoint's state before its checksum. */
const NUMBERS = 5;

/** The halves of the XXH64 of all that a checkpoint holds, each of which a float64 holds. */
async function sumOf(numbers: readonly number[], tables: readonly Float32Array[]): Promise<number[]> {
  const sum = await openSum();
  const bytes = [Float64Array.from(numbers), ...tables].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const hash = sum(...bytes);
  return [Number(hash >> 32n), Number(hash & 0xffffffffn)];
}
