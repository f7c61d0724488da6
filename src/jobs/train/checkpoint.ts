import { existsSync } from "node:fs";
import { InputError } from "../../errors.js";
import { openTensors } from "../../store/arrays/safetensors.js";
import { type TensorToWrite, writeTensors } from "../../store/arrays/write-tensors.js";
import type { Checkpoint } from "../../train/training.js";

/** Writes all that training needs to go on: twice the table. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { step, table, accumulators, kept, misses, validated } = checkpoint;
  const tensor = (name: string, values: Float32Array): TensorToWrite => ({
    name,
    shape: [values.length],
    blocks: [values],
  });
  const state = Float64Array.of(step, misses, validated, kept.step, kept.accuracy);
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
  const { data } = await file.readBytes("state");
  const [step, misses, validated, keptStep, accuracy] = new Float64Array(data.buffer);
  return {
    step,
    misses,
    validated,
    table: await floats("table"),
    accumulators: await floats("accumulators"),
    kept: { step: keptStep, accuracy, table: await floats("kept") },
  };
}
