import { Skips } from "../../../steps/bitexts/skips.js";
import { fitEncoder } from "../../../steps/vectors/fit-encoder.js";
import { holdForBoth } from "../../../steps/vectors/hold-encoder.js";
import { makeTemporaryFolder } from "../../../store/files/temporary-folder.js";
import type { Encoder } from "../../../types/encoder.js";
import type { SideName } from "../../../types/texts.js";
import { note } from "../../../wording.js";
import { tellSameLanguage } from "../tell-same-language.js";
import { type FoundPairs, findPairs } from "./find-pairs.js";
import type { PageSource, PairPagesSummary, SettledOptions } from "./options.js";
import { PageVectors } from "./page-vectors.js";
import { type PageSide, readSide } from "./read-side.js";

/** The pages of both sides, paired, while they are at hand. */
export interface OpenPages extends FoundPairs {
  sides: Sides;
  /** What they were embedded with, fitted on both sides. */
  encoder: Encoder;
  /** The vectors of pages that are in pairs. */
  vectors?: Readonly<Record<SideName, PageVectors>>;
}

type Sides = Readonly<Record<SideName, PageSide>>;

/** Reads the pages of both sides and pairs them, and gives what `use` gives while their vectors are there. */
export async function* withPages<T>(
  sourcePages: PageSource,
  targetPages: PageSource,
  options: SettledOptions,
  use: (pages: OpenPages) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const { read, readTarget = read, signal, onEvent = () => {}, onSummary } = options;
  await using folder = await makeTemporaryFolder();
  const more = { folder: folder.path, onSkip: new Skips(onEvent).onSkip, signal, onEvent };
  const source = await readSide(sourcePages, "source", { ...read, ...more });
  using _sources = source.pages;
  const target = await readSide(targetPages, "target", { ...readTarget, ...more });
  using _targets = target.pages;
  const sides = { source, target };
  await tellSameLanguage(sides, onEvent);
  await using held = await holdForBoth(options.encoder, options);
  const { encoder } = held;
  if (encoder.description) onEvent(note(encoder.description));
  if (source.texts.length === 0 || target.texts.length === 0) {
    const nothing = { pairs: [], candidates: 0 };
    yield* use({ ...nothing, sides, encoder });
    onSummary?.(summarise(sides, nothing, encoder));
    return;
  }
  const fitted = await fitEncoder(encoder, source.texts, target.texts);
  const embedding = { encoder: fitted, folder: folder.path, signal, onEvent };
  await using left = await PageVectors.make(source, embedding);
  await using right = await PageVectors.make(target, embedding);
  const vectors = { source: left, target: right };
  const found = await findPairs(vectors, { ...options, folder: folder.path, onEvent });
  yield* use({ ...found, sides, encoder: fitted, vectors });
  onSummary?.(summarise(sides, found, encoder));
}

function summarise(sides: Sides, { pairs, candidates }: FoundPairs, encoder: Encoder): PairPagesSummary {
  const count = (of: (side: PageSide) => number) => ({ source: of(sides.source), target: of(sides.target) });
  return {
    pairs: pairs.length,
    byUrl: pairs.filter(({ by }) => by === "url").length,
    pages: count((side) => side.pages.length),
    alone: count((side) => side.pages.length - pairs.length),
    empty: count((side) => side.empty),
    tooLong: count((side) => side.tooLong),
    candidates,
    encoder: encoder.space,
  };
}
