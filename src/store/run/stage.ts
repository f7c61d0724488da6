import type { Key } from "./manifest.js";
import type { StageOutline } from "./outline.js";

/** What became of a stage, and why. */
export interface StageNews {
  /** The stage's name. */
  stage: string;
  /** `kept`: done before; `made`: done for the first time; `remade`: done again, since something changed. */
  what: "kept" | "made" | "remade";
  /** What changed, for `remade`. */
  changes: string[];
}

/** A piece of a job whose result can be kept in a run folder; `Made` is what a result is before it is kept. */
export interface Stage<T, Made extends T = T> extends StageOutline {
  /** Everything that the result depends on. */
  key: Key;
  /**
   * Makes the result.
   *
   * @param unfinished a file that a long work writes what it has so far into, and goes on from; none outside a run folder
   */
  make(unfinished?: string): Promise<Made>;
  /** Writes the result into the folder, each file whole under its name or not at all. */
  save(value: Made, folder: string): Promise<void>;
  load(folder: string): Promise<T>;
  /** What may become of it without being told. @default nothing */
  silent?: readonly StageNews["what"][];
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
