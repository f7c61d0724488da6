import { DistinctTexts } from "../../store/hashes/distinct-texts.js";
import { copyKey } from "../../text/copy-key.js";
import type { Texts } from "../../types/texts.js";
import type { Sides } from "../texts/side.js";

/** Knows which sentences of the two sides are copies of each other. */
export interface CopyGuard {
  isCopy(source: number, target: number): boolean;
}

/** Compares sentences by their `copyKey`. Memory: 4 bytes a sentence, and about 30 a distinct one. */
export async function guardCopies({ source, target }: Sides): Promise<CopyGuard> {
  const distinct = await DistinctTexts.create();
  const keysOf = (texts: Texts) =>
    Uint32Array.from({ length: texts.length }, (_, i) => distinct.add(copyKey(texts.get(i))));
  const sourceKeys = keysOf(source.texts);
  const targetKeys = keysOf(target.texts);
  return { isCopy: (x, y) => sourceKeys[x] === targetKeys[y] };
}
