import { openEncoder } from "../../../embed/open-encoder.js";
import type { Texts } from "../../../types.js";
import { searchClosedSet } from "../../evaluate/closed-set.js";
import { embedAligned } from "../../evaluate/lines.js";
import type { JobEvent } from "../../events.js";
import type { Bitext, BitextPart } from "../bitext.js";

/** Pairs of two languages that are looked through at most. */
const MOST_PAIRS = 8192;

export interface FindHeldOutOptions {
  threads?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/**
 * Of the pairs that were held out of training, the share whose sentences an encoder's margins find again among all that
 * there are; the mean of both directions, then of the pairs of languages. Of many pairs, as many at even distances.
 *
 * @param folder the encoder's
 */
export async function findHeldOut(
  folder: string,
  { parts }: Bitext,
  { threads, signal, onEvent }: FindHeldOutOptions,
): Promise<number> {
  const encoder = await openEncoder(folder, { threads });
  try {
    const tested = parts.filter(({ heldOut }) => heldOut.sources.length > 0);
    let sum = 0;
    for (const part of tested) {
      const [sources, targets] = [textsOf(part, "source"), textsOf(part, "target")];
      const how = { centre: true, threads, signal, onEvent };
      const { source, target } = await embedAligned(sources, targets, encoder, how);
      const { margin } = await searchClosedSet(source, target, { margin: "ratio", k: 4, threads, signal });
      const count = part.heldOut.sources.length;
      const right = [margin.forward, margin.backward].flatMap((hits) => hits.slice(0, count)).filter(Boolean);
      sum += right.length / (2 * count);
    }
    return tested.length === 0 ? 0 : sum / tested.length;
  } finally {
    await encoder.close?.();
  }
}

/** A side of the pairs held out, then of those to train on: text n of one side is paired with text n of the other. */
function textsOf({ heldOut, training, ...texts }: BitextPart, side: "source" | "target"): string[] {
  const [held, trained] = [heldOut, training].map((pairs) => pairs[`${side}s`]);
  const step = Math.max(1, trained.length / Math.max(1, MOST_PAIRS - held.length));
  const others: number[] = [];
  for (let at = 0; at < trained.length; at += step) others.push(trained[Math.floor(at)]);
  return take(texts[side], [...held, ...others]);
}

function take(texts: Texts, numbers: readonly number[]): string[] {
  return numbers.map((text) => texts.get(text));
}
