import { BrokenInput, type Report } from "./faults.js";

const BATCH_ITEMS = 1024;

/**
 * Batches of 1,024, the last one shorter, whatever the size of the groups. If the input breaks off, what came before is
 * given, too.
 */
export async function* fillBatches<T>(groups: AsyncIterable<T[]>, report: Report): AsyncGenerator<T[]> {
  let batch: T[] = [];
  try {
    for await (const group of groups) {
      for (const item of group) {
        batch.push(item);
        if (batch.length < BATCH_ITEMS) continue;
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenInput)) throw error;
    report(error);
  }
  if (batch.length > 0) yield batch;
}
