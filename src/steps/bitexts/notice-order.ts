import { openLanguages } from "../../clean/language/open-languages.js";
import { parseLanguage } from "../../clean/language/parse-language.js";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { nearTo } from "../../text/near-languages.js";
import type { Pair } from "../../types/bitexts.js";
import { type Remark, warning } from "../../wording.js";

type Two = readonly [source: string, target: string];

/** So many pairs of the first batch are looked at. */
const SAMPLE = 256;
/** Fewer say nothing. */
const LEAST = 3;

/** Passes pairs on, and tells if most of the first are in the languages of source and target the other way round. */
export async function* noticeOrder(
  batches: AsyncIterable<Pair[]>,
  languages: Two | undefined,
  onEvent: ((event: JobEvent) => void) | undefined,
): AsyncGenerator<Pair[], void, undefined> {
  let isFirst = languages !== undefined && onEvent !== undefined;
  for await (const batch of batches) {
    const found = isFirst ? await findTurned(batch, languages!) : undefined;
    isFirst = false;
    if (found) onEvent?.(found);
    yield batch;
  }
}

/** Nothing of languages that are not told, or not from each other. */
async function findTurned(pairs: readonly Pair[], languages: Two): Promise<Remark | undefined> {
  // Whatever they said would not be told.
  if (pairs.length < LEAST) return undefined;
  const opened = await openLanguages();
  const [source, target] = languages.map((code) => parseIfKnown(code, opened.known));
  if (source === undefined || target === undefined || nearTo(source).has(target.split("-")[0]))
    return undefined;
  const sharesOf = opened.openShares([source, target]);
  let [judged, turned] = [0, 0];
  for (const pair of pairs.slice(0, SAMPLE)) {
    const [left, right] = [sharesOf(pair.source), sharesOf(pair.target)];
    if (!left || !right) continue;
    judged++;
    if (left[1] > left[0] && right[0] > right[1]) turned++;
  }
  if (judged < LEAST || turned * 2 <= judged) return undefined;
  return warning(
    `${turned} of ${judged} pairs that were looked at are the other way round: their source is in ${languages[1]} and their target in ${languages[0]}, but the languages are said to be ${languages.join(",")}. Name them in the pairs' order.`,
  );
}

function parseIfKnown(code: string, known: ReadonlySet<string>): string | undefined {
  try {
    return parseLanguage(code, known);
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}
