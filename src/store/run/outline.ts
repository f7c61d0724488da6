/** What is known of a stage before it runs. */
export interface StageOutline {
  /** What the manifest and messages call it. */
  name: string;
  /** What it leaves in the run folder: files, and folders with all that they hold, by their paths there. */
  files: readonly string[];
  /** Those of them that nobody reads again: they may be removed to make room. @default none */
  spare?: readonly string[];
  /** The stages that it is made from. */
  from: readonly StageOutline[];
}

/** Stages and every stage upstream of them, each once. */
export function withOrigins(stages: readonly StageOutline[]): StageOutline[] {
  const found = new Map<string, StageOutline>();
  const add = (stage: StageOutline) => {
    if (found.has(stage.name)) return;
    found.set(stage.name, stage);
    stage.from.forEach(add);
  };
  stages.forEach(add);
  return [...found.values()];
}

/** Those of some stages that are downstream of one of them. */
export function madeFrom({ name }: StageOutline, stages: readonly StageOutline[]): StageOutline[] {
  const known = new Map<StageOutline, boolean>();
  const comesFrom = (stage: StageOutline): boolean => {
    const isMade = known.get(stage) ?? stage.from.some((origin) => origin.name === name || comesFrom(origin));
    known.set(stage, isMade);
    return isMade;
  };
  return stages.filter(comesFrom);
}
