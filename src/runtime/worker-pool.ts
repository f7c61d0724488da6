import { setMaxListeners } from "node:events";
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Tinypool } from "tinypool";
import { orAborted } from "../flow/or-aborted.js";
import { type CarriedError, packError, unpackError } from "./carried-error.js";

/** What a worker gets: its task, and where it tells how far it is. */
export interface Order<Task> {
  task: Task;
  port: MessagePort;
}

export type Answer<Result> = { result: Result } | { error: CarriedError };

/** The longest that a timer can wait. */
const FOREVER_MS = 2 ** 31 - 1;

/** Threads that each do one task at a time, all of them the same work. */
export class WorkerPool<Task, News, Result> {
  private readonly pool: Tinypool;
  /** Aborted with the reason why nothing can be done any more. */
  private readonly ended = new AbortController();

  /** @param module whose default export is what `workerEntry` gives */
  constructor(module: URL, threads: number) {
    this.pool = new Tinypool({
      filename: module.href,
      minThreads: 1,
      maxThreads: threads,
      // A worker keeps what it has loaded for the next task.
      isolateWorkers: false,
      idleTimeout: FOREVER_MS,
    });
    // Each task that is not done listens; Node warns of more than ten.
    setMaxListeners(0, this.ended.signal);
    // Of a thread that fails while it has no task that could fail.
    this.pool.on("error", (error) => this.ended.abort(ofThread(error)));
  }

  /**
   * Has one task done as soon as a thread is free.
   *
   * @throws what the work throws: errors of ours are of the same class here; Error if a thread fails or all were ended
   */
  async run(task: Task, onNews: (news: News) => void): Promise<Result> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", onNews);
    try {
      const answer = await this.answer({ task, port: port2 });
      // The answer takes another channel, on which it may overtake news.
      for (let left = receiveMessageOnPort(port1); left; left = receiveMessageOnPort(port1))
        onNews(left.message);
      if ("error" in answer) throw unpackError(answer.error);
      return answer.result;
    } finally {
      port1.close();
    }
  }

  /** Ends all threads, whatever they are at; tasks that are not done fail, and so do all that come. */
  async close(): Promise<void> {
    this.ended.abort(new Error("The threads were ended."));
    await this.pool.destroy();
  }

  private async answer(order: Order<Task>): Promise<Answer<Result>> {
    const { signal } = this.ended;
    signal.throwIfAborted();
    const done = this.pool.run(order, { transferList: [order.port] }).catch((error) => {
      throw ofThread(error);
    });
    return await orAborted(done, signal);
  }
}

/** What a thread failed with may be of no class that is known here. */
function ofThread(cause: { message: string }): Error {
  return new Error(`A thread failed: ${cause.message}`, { cause });
}

/** What a worker's module exports by default. */
export function workerEntry<Task, News, Result>(
  work: (task: Task, tell: (news: News) => void) => Promise<Result>,
): (order: Order<Task>) => Promise<Answer<Result>> {
  return async ({ task, port }) => {
    try {
      return { result: await work(task, (news) => port.postMessage(news)) };
    } catch (error) {
      return { error: packError(error) };
    } finally {
      port.close();
    }
  };
}
