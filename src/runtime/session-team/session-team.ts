import { statSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { findExternalData } from "../external-data.js";
import { openSession, type Session, type Tensors } from "../session.js";
import { WorkerPool } from "../worker-pool.js";
import { type CarriedTensors, carry, type SessionTask, unpack } from "./carried-tensors.js";

/** Runs after which it is worth to start threads. */
const WORTH_RUNS = 8;

/** What the weights of all threads may take; and no more than an eighth of the machine's memory. */
const MOST_BYTES = 2 ** 30;

/**
 * Opens a model on the CPU that runs side by side as often as there are threads: a run of onnxruntime-node holds its thread
 * until it has ended, and threads that share a run wait for each other. The first runs are done here, by all threads
 * together; if there are more, each thread opens the model for itself, or some threads do together where it is large.
 * What runs give does not depend on the threads.
 *
 * @param path an ONNX file
 * @throws ModelError if the runtime does not accept the model
 */
export async function openSessionTeam(path: string, threads = availableParallelism()): Promise<Session> {
  const first = await openSession(path, threads);
  if (threads === 1) return first;
  const running = new Set<Promise<unknown>>();
  let runs = 0;
  /** How many side by side, once that is worth to know. */
  let sessions = 1;
  let pool: WorkerPool<SessionTask, never, CarriedTensors> | undefined;
  let firstClosed: Promise<void> | undefined;
  let closing = false;
  const closeFirst = async () => {
    // The runtime ends the process if a session is closed, or a thread is ended, while it multiplies.
    await Promise.allSettled(running);
    await first.close();
  };
  const runThere = async (inputs: Tensors): Promise<Tensors> => {
    firstClosed ??= closeFirst();
    pool ??= new WorkerPool(new URL("./worker.js", import.meta.url), sessions);
    const task = { model: path, threads: Math.floor(threads / sessions), inputs: carry(inputs) };
    return unpack(await pool.run(task, () => {}));
  };
  return {
    ...first,
    run: async (inputs) => {
      // Who was aborted may still hand over what was to be run next.
      if (closing) throw new Error(`${path}: is closed.`);
      if (runs++ === WORTH_RUNS) sessions = sessionsOf(path, threads);
      const run = sessions > 1 ? runThere(inputs) : first.run(inputs);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    close: async () => {
      closing = true;
      await Promise.allSettled(running);
      firstClosed ??= closeFirst();
      await firstClosed;
      await pool?.close();
    },
  };
}

/** How many sessions of a model side by side; all have as many threads, in all no more than there are. */
function sessionsOf(path: string, threads: number): number {
  const bytes = [path, ...findExternalData(path)].reduce((sum, file) => sum + statSync(file).size, 0);
  const most = Math.max(1, Math.floor(Math.min(MOST_BYTES, totalmem() / 8) / bytes));
  return Math.min(threads, most);
}
