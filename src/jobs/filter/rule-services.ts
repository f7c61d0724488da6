import { resolve } from "node:path";
import { languageCovers } from "../../clean/language/language-covers.js";
import { type LanguageIdentifier, openLanguages } from "../../clean/language/open-languages.js";
import { parseLanguage } from "../../clean/language/parse-language.js";
import type { RuleContext } from "../../filter/rule-context.js";
import { readSentences } from "../../read/read-sentences.js";
import { cosinesOfRows } from "../../search/cosines-of-rows.js";
import { type HeldEncoder, holdUnfitted } from "../../steps/vectors/hold-encoder.js";
import { openHash } from "../../store/hashes/hash-text.js";
import type { Pair } from "../../types/bitexts.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";

export interface RuleServices extends RuleContext {
  /** Frees what rules have opened. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  languages?: readonly [source: string, target: string];
  input: string;
  folder: string;
  signal?: AbortSignal;
}

/** What the rules of a chain share, opened when the first of them asks for it. */
export async function openServices({
  languages,
  input,
  folder,
  signal,
}: ServiceOptions): Promise<RuleServices> {
  const encoders: HeldEncoder[] = [];
  let identifier: LanguageIdentifier | undefined;
  return {
    languages: languages && [parseLanguage(languages[0]), parseLanguage(languages[1])],
    input,
    hash: await openHash(),
    async openLanguages() {
      identifier ??= await openLanguages();
      const opened = identifier;
      return { identify: (text) => opened.identify(text), parse: parseLanguage, covers: languageCovers };
    },
    async *readTexts(path) {
      for await (const batch of readSentences(resolve(folder, path), { format: "text", signal }))
        yield batch.map(({ text }) => text);
    },
    async openCosines(name) {
      const held = await holdUnfitted(name, {});
      encoders.push(held);
      return (pairs) => cosinesOf(held.encoder, pairs, signal);
    },
    async close() {
      for (const held of encoders) await held[Symbol.asyncDispose]();
    },
  };
}

/** Texts that are embedded at a time: a sample may be of any size. */
const BATCH = 1024;

/** Cosines of the two sides; 0 where a side has no feature. */
async function cosinesOf(
  encoder: Encoder,
  pairs: readonly Pair[],
  signal?: AbortSignal,
): Promise<Float32Array> {
  const cosines = new Float32Array(pairs.length);
  for (let start = 0; start < pairs.length; start += BATCH) {
    const batch = pairs.slice(start, start + BATCH);
    const encode = (side: SideName) =>
      encoder.encode(
        batch.map((pair) => pair[side]),
        { side, signal },
      );
    const found = cosinesOfRows(await encode("source"), await encode("target"), encoder.dimensions);
    cosines.set(
      found.map((cosine) => cosine || 0),
      start,
    );
  }
  return cosines;
}
