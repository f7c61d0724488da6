import type { RepeatedText } from "../../report/model.js";
import type { Texts } from "../../types/texts.js";
import { shortened } from "./shortened.js";

const SHOWN = 10;

/** The texts that come most often, of those that come at least so often. */
export function mostOften(times: Uint32Array, texts: Texts, least: number): RepeatedText[] {
  return highest(times, least).map((text) => ({ text: shortened(texts.get(text)), times: times[text] }));
}

/** The numbers of the ten highest counts of at least `least`, the first of equals first. */
export function highest(counts: Uint32Array, least: number): number[] {
  const found: number[] = [];
  for (let number = 0; number < counts.length; number++) {
    const count = counts[number];
    if (count < least || (found.length === SHOWN && count <= counts[found[SHOWN - 1]])) continue;
    const at = found.findIndex((other) => count > counts[other]);
    found.splice(at < 0 ? found.length : at, 0, number);
    found.length = Math.min(found.length, SHOWN);
  }
  return found;
}
