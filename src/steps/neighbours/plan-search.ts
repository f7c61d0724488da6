import { note } from "../../wording.js";
import type { Sides } from "../texts/side.js";
import type { LazySource } from "../vectors/vectors-stage.js";
import type { DiskNeeds } from "./disk-use.js";
import type { SearchSettings } from "./find-options.js";
import { chooseEngine, type Engine, tellEngine } from "./indexes/choose-engine.js";
import { type MemoryPlan, planMemory } from "./memory-plan.js";
import { tellPlan } from "./tell-plan.js";

/** What is known of a search before anything is embedded. */
export interface SearchPlan {
  engine: Engine;
  /** What looks for near-duplicates within a side. */
  within: Engine;
  /** How the search keeps to its budget, where it has one. */
  memory?: MemoryPlan;
  diskNeeds: DiskNeeds;
  /** Tells the plan, where there is something to tell. */
  tell(): Promise<void>;
}

/**
 * Which engine searches, and how it keeps to the budget.
 *
 * @throws OptionError if the budget is too small
 */
export function planSearch(
  { source, target }: Sides,
  { dimensions }: LazySource,
  options: SearchSettings,
): SearchPlan {
  const { indexType, k, onEvent } = options;
  const size = { source: source.texts.length, target: target.texts.length, dimensions };
  const larger = Math.max(size.source, size.target);
  const engine = chooseEngine(options, size);
  const within = chooseEngine(options, { source: larger, target: larger, dimensions });
  const needs = options.memory === undefined ? undefined : { ...options, memory: options.memory };
  const memory = needs && planMemory(engine, size, needs);
  return {
    engine,
    within,
    memory,
    diskNeeds: { sentences: size.source + size.target, dimensions, k, index: engine.index, indexType },
    tell: async () => {
      tellEngine(engine, options, onEvent);
      if (options.collapseNearDuplicates !== undefined && within.reason !== undefined)
        onEvent(note(`index for near-duplicates: ${within.index}, since ${within.reason}`));
      if (needs && memory) await tellPlan(engine, size, memory, needs);
    },
  };
}
