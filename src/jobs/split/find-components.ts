import type { RereadBitext } from "../../steps/bitexts/read-twice.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { halvesOf, openHash } from "../../store/hashes/hash-text.js";
import { Spill } from "../../store/hashes/spill.js";
import { comparedBy } from "../../text/copy-key.js";
import { Components } from "./components.js";
import type { SplitOptions } from "./options.js";

/** Reads a bitext and finds which of its pairs share a sentence, whichever sides it stands on, directly or through others. */
export async function findComponents(
  bitext: RereadBitext,
  temporary: string,
  memory: number,
  { near, onEvent, signal }: SplitOptions,
): Promise<{ components: Components; skipped: number }> {
  const hash = await openHash();
  const textKey = comparedBy(near);
  const components = new Components(memory / 2);
  const spill = new Spill(
    { folder: temporary, memoryBytes: memory / 2 },
    { onAgain: (first, pair) => components.join(first, pair) },
  );
  const skips = new Skips(onEvent);
  try {
    for await (const batch of bitext.read({ onSkip: skips.onSkip })) {
      for (const { source, target } of batch) {
        const pair = components.add();
        for (const text of [source.trim(), target.trim()]) {
          // Blank texts are not sentences that two splits could share.
          if (text === "") continue;
          spill.add(...halvesOf(hash(textKey(text))), pair);
        }
      }
      onEvent?.({ kind: "progress", stage: "compare", done: components.length, unit: "pairs" });
    }
    await spill.finish(signal);
  } finally {
    spill.close();
  }
  return { components, skipped: skips.count };
}
