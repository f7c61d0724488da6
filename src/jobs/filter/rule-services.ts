import { resolve } from "node:path";
import { readModel } from "../../clean/language/fasttext/read-model.js";
import { languageCovers } from "../../clean/language/language-covers.js";
import { openLanguages } from "../../clean/language/open-languages.js";
import { parseAnyLanguage, parseLanguage } from "../../clean/language/parse-language.js";
import { inLanguages } from "../../embed/languages.js";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { LanguageModel, RuleContext } from "../../filter/rule-context.js";
import { readSentences } from "../../read/read-sentences.js";
import { cosinesOfRows } from "../../search/cosines-of-rows.js";
import { type HeldEncoder, holdUnfitted } from "../../steps/vectors/hold-encoder.js";
import { openHash } from "../../store/hashes/hash-text.js";
import { NEAR_LANGUAGES } from "../../text/near-languages.js";
import type { Pair } from "../../types/bitexts.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { note, option, say } from "../../wording.js";

export interface RuleServices extends RuleContext {
  /** Frees what rules have opened. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  languages?: readonly [source: string, target: string];
  /** A model of fastText that tells languages. @default lid.176, and a model of the built-in encoder's languages */
  languageModel?: string;
  /** Languages that are not told apart, in groups. @default the table of README.md */
  nearLanguages?: readonly (readonly string[])[];
  input: string;
  folder: string;
  onEvent?: (event: JobEvent) => void;
  signal?: AbortSignal;
}

/** What the rules of a chain share, opened when the first of them asks for it. */
export async function openServices({
  languages,
  languageModel,
  nearLanguages,
  input,
  folder,
  onEvent,
  signal,
}: ServiceOptions): Promise<RuleServices> {
  const encoders: HeldEncoder[] = [];
  const models = new Map<string | undefined, Promise<LanguageModel>>();
  const open = (path: string | undefined) => {
    const opened = models.get(path) ?? openModel(path);
    models.set(path, opened);
    return opened;
  };
  return {
    languages: languages && [parseAnyLanguage(languages[0]), parseAnyLanguage(languages[1])],
    near: nearLanguages?.map((group) => group.map(parseAnyLanguage)) ?? NEAR_LANGUAGES,
    input,
    tell: (message) => onEvent?.(note(message)),
    hash: await openHash(),
    openLanguages: (path) => open(path === undefined ? languageModel : resolve(folder, path)),
    async *readTexts(path) {
      for await (const batch of readSentences(resolve(folder, path), { format: "text", signal }))
        yield batch.map(({ text }) => text);
    },
    async openCosines(name) {
      const held = await holdUnfitted(name, {});
      encoders.push(held);
      const { languages: known, space } = held.encoder;
      if (known && !languages)
        throw new OptionError(
          `${name ?? space}: has to be told the languages of both sides; it has ${known.codes.join(", ")}.`,
          { advice: say`Give two of them as ${option("languages")}.` },
        );
      const encoder = inLanguages(held.encoder, { source: languages?.[0], target: languages?.[1] });
      for (const side of ["source", "target"] as const) encoder.languages?.codeOf(side);
      return (pairs) => cosinesOf(encoder, pairs, signal);
    },
    async close() {
      for (const held of encoders) await held[Symbol.asyncDispose]();
    },
  };
}

/** A model as rules use it, read once however many ask for it. */
async function openModel(path: string | undefined): Promise<LanguageModel> {
  const opened = await openLanguages(path === undefined ? undefined : readModel(path));
  return {
    identifyAsIs: opened.identifyAsIs,
    scoreOfNothing: opened.scoreOfNothing,
    openShares: opened.openShares,
    openLikeness: opened.openLikeness,
    parse: (code) => parseLanguage(code, opened.known),
    covers: languageCovers,
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
