import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Tinypool } from "tinypool";
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
  }

  /**
   * Has one task done as soon as a thread is free.
   *
   * @throws what the work throws: errors of ours are of the same class here
   */
  async run(task: Task, onNews: (news: News) => void): Promise<Result> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", onNews);
    try {
      const order: Order<Task> = { task, port: port2 };
      const answer: Answer<Result> = await this.pool.run(order, { transferList: [port2] });
      // The answer takes another channel, on which it may overtake news.
      for (let left = receiveMessageOnPort(port1); left; left = receiveMessageOnPort(port1))
        onNews(left.message);
      if ("error" in answer) throw unpackError(answer.error);
      return answer.result;
    } finally {
      port1.close();
    }
  }

  /** Ends all threads, whatever they are at; tasks that are not done fail. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }
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
