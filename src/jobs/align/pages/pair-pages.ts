import { refuseUnknown } from "../../../check-options.js";
import { checkOneOf, checkShare } from "../../../check-values.js";
import type { JobEvent } from "../../../events.js";
import type { Candidate } from "../../../pages/address-candidates.js";
import { matchPages } from "../../../pages/match-pages.js";
import { Skips } from "../../../steps/bitexts/skips.js";
import { fitEncoder } from "../../../steps/vectors/fit-encoder.js";
import { holdEncoder } from "../../../steps/vectors/hold-encoder.js";
import { inTemporaryFolder } from "../../../store/files/temporary-folder.js";
import { listedTexts } from "../../../text/listed-texts.js";
import type { Encoder } from "../../../types/encoder.js";
import type { SideName } from "../../../types/texts.js";
import { note, warning } from "../../../wording.js";
import { tellSameLanguage } from "../tell-same-language.js";
import { comparePages } from "./compare-pages.js";
import { candidatesByAddress, candidatesByVector, hostsOf, marksOf } from "./find-candidates.js";
import {
  PAGE_CANDIDATES,
  PAGE_SCOPES,
  PAIR_PAGES_OPTIONS,
  type PagePair,
  type PageSource,
  type PairPagesOptions,
} from "./options.js";
import { PageVectors } from "./page-vectors.js";
import { type PageSide, readSide } from "./read-side.js";

type Sides = Readonly<Record<SideName, PageSide>>;

/** Between most right and most wrong pairs of pages made of documents of four corpora; 0.25 and 0.35 do as well. */
const LEAST_SCORE = 0.3;

/**
 * Pairs the pages of two sides that translate each other, each with one other at most, in the order of the source. Pages
 * that may belong together, by their addresses or their vectors, are compared sentence by sentence; of those that fit, the
 * pairs of the largest margin are taken.
 *
 * Memory: the text and a vector of every page, and the sentences' vectors of those being compared; a temporary file holds
 * the others.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* pairPages(
  source: PageSource,
  target: PageSource,
  options: PairPagesOptions = {},
): AsyncGenerator<PagePair, void, undefined> {
  refuseUnknown("pairPages", options, PAIR_PAGES_OPTIONS);
  const { pages = "auto", within = "all", minPageScore = LEAST_SCORE } = options;
  const { read, readTarget = read, signal, onEvent = () => {} } = options;
  checkOneOf("pages", pages, PAGE_CANDIDATES);
  checkOneOf("within", within, PAGE_SCOPES);
  checkShare({ minPageScore });
  const more = { onSkip: new Skips(onEvent).onSkip, signal, onEvent };
  const sides = {
    source: await readSide(source, "source", { ...read, ...more }),
    target: await readSide(target, "target", { ...readTarget, ...more }),
  };
  await tellSameLanguage(sides, onEvent);
  await using held = await holdEncoder(options.encoder, options);
  const { description } = held.encoder;
  if (description) onEvent(note(description));
  const found = await inTemporaryFolder((folder) =>
    findPairs(sides, { ...options, pages, within, minPageScore, onEvent, encoder: held.encoder, folder }),
  );
  for (const pair of found.pairs) {
    signal?.throwIfAborted();
    yield pair;
  }
  const count = (of: (side: PageSide) => number) => ({ source: of(sides.source), target: of(sides.target) });
  options.onSummary?.({
    pairs: found.pairs.length,
    pages: count((side) => side.pages.length),
    empty: count((side) => side.empty),
    tooLong: count((side) => side.tooLong),
    candidates: found.candidates,
    encoder: held.encoder.space,
  });
}

type Settled = PairPagesOptions &
  Required<Pick<PairPagesOptions, "pages" | "within" | "minPageScore">> & {
    encoder: Encoder;
    folder: string;
    onEvent: (event: JobEvent) => void;
  };

async function findPairs(sides: Sides, options: Settled): Promise<{ pairs: PagePair[]; candidates: number }> {
  const { source, target } = sides;
  if (source.pages.length === 0 || target.pages.length === 0) return { pairs: [], candidates: 0 };
  const encoder = await fitEncoder(options.encoder, listedTexts(source.texts), listedTexts(target.texts));
  await using left = await PageVectors.make(source, { ...options, encoder });
  await using right = await PageVectors.make(target, { ...options, encoder });
  const { candidates, addressed } = await findCandidates({ source: left, target: right }, options);
  const scored = await comparePages(candidates, { source: left, target: right }, options);
  const pairs = matchPages(scored, options.minPageScore)
    .sort((a, b) => a.source - b.source)
    .map((pair): PagePair => {
      const by = addressed.has(keyOf([pair.source, pair.target])) ? "url" : "vector";
      const { score, margin } = pair;
      return { source: source.pages[pair.source], target: target.pages[pair.target], score, margin, by };
    });
  return { pairs, candidates: candidates.length };
}

/** Pairs to compare, each once, in the order of the source; and which of them addresses brought together. */
async function findCandidates(
  { source, target }: Readonly<Record<SideName, PageVectors>>,
  { pages: how, within, threads, signal, onEvent }: Settled,
): Promise<{ candidates: Candidate[]; addressed: Set<string> }> {
  const pages = { source: source.side.pages, target: target.side.pages };
  const marks = marksOf(pages);
  const all = { source: hostsOf(pages.source, marks), target: hostsOf(pages.target, marks) };
  const hosts = within === "host" ? all : undefined;
  const isWithin = ([x, y]: Candidate) =>
    !hosts || (hosts.source[x] !== undefined && hosts.source[x] === hosts.target[y]);
  const addressed = how === "vector" ? [] : candidatesByAddress(pages, marks).filter(isWithin);
  const near =
    how === "url"
      ? []
      : await candidatesByVector({ source: await source.ofPages(), target: await target.ofPages() }, hosts, {
          threads,
          signal,
        });
  if (within === "host" || how === "url") tellWithoutAddress([source, target], all, onEvent);
  const found = new Map([...addressed, ...near].map((one) => [keyOf(one), one]));
  const candidates = [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { candidates, addressed: new Set(addressed.map(keyOf)) };
}

const keyOf = ([source, target]: Candidate) => `${source}:${target}`;

function tellWithoutAddress(
  sides: readonly PageVectors[],
  hosts: Readonly<Record<SideName, readonly (string | undefined)[]>>,
  onEvent: (event: JobEvent) => void,
): void {
  for (const { side } of sides) {
    const without = hosts[side.side].filter((host) => host === undefined).length;
    if (without > 0)
      onEvent(
        warning(
          `${side.name}: ${without} of ${side.pages.length} pages have no address, and cannot be paired by it.`,
        ),
      );
  }
}
