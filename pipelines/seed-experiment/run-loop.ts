import { type CrissOptions, criss } from "../../src/index.js";
import { followLoop, type LoopRun } from "../criss-experiment/follow-loop.js";
import { tell } from "../criss-experiment/tell.js";
import type { Thirds } from "../criss-experiment/thirds.js";

type Settings = Pick<CrissOptions, "run" | "threads" | "encoder" | "variant" | "seedPairs">;

/** The loop on a language and English, all other options as they are by default. */
export function runLoop(language: string, texts: Thirds, settings: Settings): Promise<LoopRun> {
  return followLoop(language, textsOf(language, texts), { ...settings, gold: goldOf(language, texts) });
}

/** P@1 of what a loop begins with. */
export async function findStart(language: string, texts: Thirds, settings: Settings): Promise<number> {
  const options = { ...settings, gold: goldOf(language, texts), onEvent: tell };
  for await (const { mean } of criss(textsOf(language, texts), options)) return mean.precisionAt1!;
  throw new Error(`${language}: expected a round, found none.`);
}

function textsOf(language: string, { other, english }: Thirds) {
  return [{ [language]: other, en: english }];
}

function goldOf(language: string, { gold }: Thirds) {
  return { [`${language}-en`]: gold };
}
