import { type CrissOptions, type CrissSummary, type CrissTexts, criss } from "../../src/index.js";
import { tell } from "./tell.js";

/** How a loop went, and which round it gives. */
export type LoopRun = Pick<CrissSummary, "best" | "rounds">;

/** Runs a loop to its end, and tells P@1 of each round under a name. */
export async function followLoop(
  name: string,
  texts: CrissTexts,
  options: Omit<CrissOptions, "onEvent" | "onSummary">,
): Promise<LoopRun> {
  let summary: CrissSummary | undefined;
  const rounds = criss(texts, {
    ...options,
    onEvent: tell,
    onSummary: (end) => {
      summary = end;
    },
  });
  for await (const { round, mean } of rounds)
    console.error(`${name}, round ${round}: P@1 ${mean.precisionAt1?.toFixed(3)}`);
  const { best, rounds: done } = summary!;
  return { best, rounds: done };
}
