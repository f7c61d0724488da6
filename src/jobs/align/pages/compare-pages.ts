import type { JobEvent } from "../../../events.js";
import type { Candidate } from "../../../pages/address-candidates.js";
import type { ScoredCandidate } from "../../../pages/match-pages.js";
import { type ComparedPage, chanceOf, pageFit } from "../../../pages/page-fit.js";
import type { SideName } from "../../../types/texts.js";
import type { PageVectors } from "./page-vectors.js";

/** Sentences of pages that are held, since they may be compared again soon. */
const HELD_SENTENCES = 8_192;

/** Compares each pair of pages, sentence by sentence. Memory: the vectors of two pages, and of some that were compared before. */
export async function comparePages(
  candidates: readonly Candidate[],
  vectors: Readonly<Record<SideName, PageVectors>>,
  { signal, onEvent }: { signal?: AbortSignal; onEvent: (event: JobEvent) => void },
): Promise<ScoredCandidate[]> {
  const sources = new ComparedPages(vectors.source, await vectors.target.draw());
  const targets = new ComparedPages(vectors.target, await vectors.source.draw());
  const scored: ScoredCandidate[] = [];
  for (const [source, target] of candidates) {
    signal?.throwIfAborted();
    scored.push({ source, target, score: pageFit(await sources.get(source), await targets.get(target)) });
    onEvent({
      kind: "progress",
      stage: "compare pages",
      done: scored.length,
      total: candidates.length,
      unit: "pairs",
    });
  }
  return scored;
}

/** Pages with what they are compared by; those that were used last are held. */
class ComparedPages {
  private readonly held = new Map<number, ComparedPage>();
  private sentences = 0;

  constructor(
    private readonly vectors: PageVectors,
    private readonly drawn: { vectors: Float32Array; pages: number[] },
  ) {}

  async get(page: number): Promise<ComparedPage> {
    const known = this.held.get(page);
    const found = known ?? (await this.make(page));
    this.held.delete(page);
    this.held.set(page, found);
    if (!known) this.sentences += found.lengths.length;
    for (const [oldest, { lengths }] of this.held) {
      if (this.sentences <= HELD_SENTENCES || oldest === page) break;
      this.held.delete(oldest);
      this.sentences -= lengths.length;
    }
    return found;
  }

  private async make(page: number): Promise<ComparedPage> {
    const sentences = await this.vectors.sentencesOf(page);
    const chance = sentences.lengths.map((_, i) => chanceOf(sentences, i, this.drawn.vectors));
    return { ...sentences, page, chance, drawnFrom: this.drawn.pages };
  }
}
