import { orAborted } from "../../flow/or-aborted.js";
import { type Answer, type Order, WorkerPool, workerEntry } from "../../runtime/worker-pool.js";

/** Calls with the number of pairs that have been compared. */
export type Tell = (pairs: number) => void;

/** What each thread of a team does, and what it needs for it. */
export interface Trade<Setup, Tools, Task> {
  open(setup: Setup): Promise<Tools>;
  work(task: Task, tools: Tools, tell: Tell): Promise<void>;
}

export interface Assignment<Setup, Task> {
  setup: Setup;
  task: Task;
  /** Shared by all threads: not 0 once they should stop. */
  stopped: Int32Array;
}

/** What the module of a trade's worker exports by default. */
export function teamWorker<Setup, Tools, Task>({
  open,
  work,
}: Trade<Setup, Tools, Task>): (order: Order<Assignment<Setup, Task>>) => Promise<Answer<void>> {
  let opened: Promise<Tools> | undefined;
  return workerEntry(async ({ setup, task, stopped }: Assignment<Setup, Task>, tell: Tell) => {
    opened ??= open(setup);
    await work(task, await opened, (pairs) => {
      if (Atomics.load(stopped, 0) !== 0) throw new Error("The team was told to stop.");
      tell(pairs);
    });
  });
}

export interface TeamOptions<Setup, Tools, Task> {
  trade: Trade<Setup, Tools, Task>;
  setup: Setup;
  /** How many threads; where there are none, this one does all. */
  threads: number;
  /** Whose default export is `teamWorker(trade)`. */
  module: URL;
  signal?: AbortSignal;
}

/** Threads that do tasks side by side, each with tools of its own. */
export class Team<Setup, Tools extends AsyncDisposable, Task> {
  /** How many tasks are made at a time: one more than there are threads, so that none waits for its next. */
  readonly lanes: number;
  private readonly stopped = new Int32Array(new SharedArrayBuffer(4));

  private constructor(
    private readonly options: TeamOptions<Setup, Tools, Task>,
    private readonly own: Tools | undefined,
    private readonly pool: WorkerPool<Assignment<Setup, Task>, number, void> | undefined,
  ) {
    this.lanes = pool ? options.threads + 1 : 1;
  }

  static async open<Setup, Tools extends AsyncDisposable, Task>(
    options: TeamOptions<Setup, Tools, Task>,
  ): Promise<Team<Setup, Tools, Task>> {
    const { trade, setup, threads, module } = options;
    if (threads === 0) return new Team(options, await trade.open(setup), undefined);
    return new Team<Setup, Tools, Task>(options, undefined, new WorkerPool(module, threads));
  }

  /**
   * Has a task done for each part.
   *
   * @param assign makes a part's task when a lane is free for it; `lane`, below `lanes`, is that of no other task that
   * is not done
   */
  async doAll<Part>(
    parts: Iterable<Part>,
    assign: (part: Part, lane: number) => Task,
    tell: Tell = () => {},
  ): Promise<void> {
    const { trade, setup, signal } = this.options;
    const { own, pool, stopped } = this;
    signal?.throwIfAborted();
    const tellUnlessAborted = (pairs: number) => {
      signal?.throwIfAborted();
      tell(pairs);
    };
    const queue = parts[Symbol.iterator]();
    const workOff = async (lane: number) => {
      for (const part of { [Symbol.iterator]: () => queue }) {
        const task = assign(part, lane);
        if (pool) await pool.run({ setup, task, stopped }, tell);
        else await trade.work(task, own!, tellUnlessAborted);
      }
    };
    const lanes = Array.from({ length: this.lanes }, (_, lane) => workOff(lane));
    try {
      await orAborted(Promise.all(lanes), signal);
    } catch (error) {
      // The runtime ends the process if a thread is ended while it multiplies.
      Atomics.store(stopped, 0, 1);
      await Promise.allSettled(lanes);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.own?.[Symbol.asyncDispose]();
    await this.pool?.close();
  }
}

/** Multiplications for which it is worth to start one thread more, and to start one where no more are wanted. */
const WORTH = 3e10;
/**
 * This thread then only waits. But V8 counts the runtime's outputs as memory beside its heap, and on a thread that has read
 * vectors it marks the whole heap for every few of them; a new thread, with a small heap, is spared that.
 */
const WORTH_ALONE = 3e11;

/** How many threads are worth their start, of no more than are wanted; none where this thread is done as soon. */
export function threadsWorth(multiplications: number, wanted: number): number {
  const worth = Math.min(wanted, Math.floor(multiplications / WORTH));
  if (worth > 1) return worth;
  return wanted > 0 && multiplications >= WORTH_ALONE ? 1 : 0;
}
