import { type CrissOptions, type CrissSummary, criss, type RoundSummary } from "../../src/index.js";
import { tell } from "../criss-experiment/tell.js";
import type { Thirds } from "../criss-experiment/thirds.js";
import type { SeedRun } from "./format-seed.js";

type Settings = Pick<CrissOptions, "run" | "threads" | "encoder" | "variant" | "seedPairs">;

/** The loop on a language and English, all other options as they are by default. */
export async function runLoop(language: string, texts: Thirds, settings: Settings): Promise<SeedRun> {
  let summary: CrissSummary | undefined;
  const rounds = begin(language, texts, {
    ...settings,
    onSummary: (end) => {
      summary = end;
    },
  });
  for await (const { round, mean } of rounds)
    console.error(`${language}, round ${round}: P@1 ${mean.precisionAt1?.toFixed(3)}`);
  const { best, rounds: done } = summary!;
  return { best, rounds: done };
}

/** P@1 of what a loop begins with. */
export async function findStart(language: string, texts: Thirds, settings: Settings): Promise<number> {
  for await (const { mean } of begin(language, texts, settings)) return mean.precisionAt1!;
  throw new Error(`${language}: expected a round, found none.`);
}

function begin(
  language: string,
  { other, english, gold }: Thirds,
  options: Settings & Pick<CrissOptions, "onSummary">,
): AsyncGenerator<RoundSummary, void, undefined> {
  return criss([{ [language]: other, en: english }], {
    ...options,
    gold: { [`${language}-en`]: gold },
    onEvent: tell,
  });
}
