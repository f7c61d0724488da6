import { join } from "node:path";
import { Skips } from "../../../steps/bitexts/skips.js";
import { shareEncoder } from "../../../steps/vectors/encoder-source.js";
import { makeTemporaryFolder } from "../../../store/files/temporary-folder.js";
import { withOrigins } from "../../../store/run/outline.js";
import { RunFolder } from "../../../store/run/run-folder.js";
import { tellSameLanguage } from "../tell-same-language.js";
import { EmbeddedPages, type PageSides } from "./embedded-pages.js";
import { type FoundPairs, findPairs } from "./find-pairs.js";
import type { PageSource, PairPagesSummary, SettledOptions } from "./options.js";
import { ALIGNMENTS, OUTCOME, VECTORS } from "./outlines.js";
import { readSide } from "./read-side.js";

/** The pages of both sides, paired, while they are at hand. */
export interface OpenPages extends FoundPairs {
  sides: PageSides;
  embedded: EmbeddedPages;
  run: RunFolder;
  summary: PairPagesSummary;
}

/**
 * Reads the pages of both sides and pairs them, and gives what `use` gives while their vectors are there: in the run's
 * folder, or in a temporary one.
 */
export async function* withPages<T>(
  sourcePages: PageSource,
  targetPages: PageSource,
  options: SettledOptions,
  use: (pages: OpenPages) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const { read, readTarget = read, signal, onEvent = () => {} } = options;
  await using folder = await makeTemporaryFolder();
  await using run = await RunFolder.open(options.run ?? join(folder.path, "run"), "align", (news) =>
    onEvent({ kind: "stage", ...news }),
  );
  run.follow(withOrigins([ALIGNMENTS]), OUTCOME);
  const more = { folder: folder.path, onSkip: new Skips(onEvent).onSkip, signal, onEvent };
  const source = await readSide(sourcePages, "source", { ...read, ...more });
  using _sources = source.pages;
  const target = await readSide(targetPages, "target", { ...readTarget, ...more });
  using _targets = target.pages;
  const sides = { source, target };
  await tellSameLanguage(sides, onEvent);
  await using shared = await shareEncoder(sides, { ...options, onEvent });
  const { space } = shared.encoder;
  {
    using embedded = new EmbeddedPages(sides, shared, run);
    const isEmpty = source.texts.length === 0 || target.texts.length === 0;
    const found = isEmpty
      ? { pairs: [], candidates: 0 }
      : await findPairs(embedded, { ...options, folder: folder.path, onEvent });
    yield* use({ ...found, sides, embedded, run, summary: summarise(sides, found, space) });
  }
  if (options.clean) await run.drop(VECTORS);
}

function summarise(sides: PageSides, { pairs, candidates }: FoundPairs, encoder: string): PairPagesSummary {
  const count = (of: (side: PageSides["source"]) => number) => ({
    source: of(sides.source),
    target: of(sides.target),
  });
  return {
    pairs: pairs.length,
    byUrl: pairs.filter(({ by }) => by === "url").length,
    pages: count((side) => side.pages.length),
    alone: count((side) => side.pages.length - pairs.length),
    empty: count((side) => side.empty),
    tooLong: count((side) => side.tooLong),
    candidates,
    encoder,
  };
}
