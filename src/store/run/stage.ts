import type { Key } from "./manifest.js";

/** A piece of a job whose result can be kept in a run folder; `Made` is what a result is before it is kept. */
export interface Stage<T, Made extends T = T> {
  /** What the manifest and messages call it. */
  name: string;
  /** Everything that the result depends on. */
  key: Key;
  /** Stages that are made from this one, at one remove or several. */
  feeds?: readonly string[];
  /** @param part where a result that is long in the making keeps what it has so far; none outside a run folder */
  make(part?: string): Promise<Made>;
  /** Writes the result into the folder, each file whole under its name or not at all. */
  save(value: Made, folder: string): Promise<void>;
  load(folder: string): Promise<T>;
}

/** Gives a stage's result: from where it was kept, or made. */
export type Keep = <T, Made extends T>(stage: Stage<T, Made>) => Promise<T>;

/** Where the results of stages are kept. */
export interface Keeping {
  keep: Keep;
  /** The run folder, if there is one. */
  folder?: string;
  /** Whether it goes away at the end. */
  temporary?: boolean;
}

/** Keeps nothing: every result is made, in memory. */
export const makeAnew: Keep = (stage) => stage.make();
