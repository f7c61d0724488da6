import { inputsOf, type PairInput } from "../../read/pairs/pair-input.js";
import type { ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { recogniseBitextFormat } from "../../read/pairs/recognise-format.js";
import { languagesOfNames } from "../../text/language-of-name.js";
import type { BitextFormat } from "../../types/bitexts.js";
import { type OpenPairsOptions, type PairOutput, settleFormat } from "../../write/pairs/open-pairs.js";
import { withoutLanguages } from "../../write/pairs/tmx.js";

/** What tells no languages. */
const WITHOUT_LANGUAGES: readonly BitextFormat[] = ["tsv", "csv", "moses", "parquet"];

/**
 * How a bitext is written, settled before it is read: its format, and the languages of TMX, which the names of two files
 * such as `town.de` and `town.en` tell where nothing else does.
 *
 * @throws OptionError for a format that does not fit the output, or for TMX whose languages nothing tells
 */
export async function settleWrite(
  input: PairInput,
  output: PairOutput,
  { read = {}, write = {} }: { read?: ReadPairsOptions; write?: Omit<OpenPairsOptions, "signal"> },
): Promise<Omit<OpenPairsOptions, "signal">> {
  const format = settleFormat(output, write);
  if (format !== "tmx" || write.languages) return { ...write, format };
  const inputs = inputsOf(input);
  const languages = inputs.length === 2 ? languagesOfNames(inputs) : undefined;
  if (languages) return { ...write, format, languages };
  const known = read.format ?? (await recogniseBitextFormat(input));
  if (known && WITHOUT_LANGUAGES.includes(known)) throw withoutLanguages();
  return { ...write, format };
}
