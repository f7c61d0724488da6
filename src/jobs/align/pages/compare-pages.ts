import type { JobEvent } from "../../../events.js";
import type { PageCandidates } from "../../../pages/page-candidates.js";
import { type ComparedPage, chanceOf, pageFit } from "../../../pages/page-fit.js";
import type { NpyWriter } from "../../../store/arrays/npy-file.js";
import type { SideName } from "../../../types/texts.js";
import type { PageVectors } from "./page-vectors.js";

/** Sentences of pages that are held, since they may be compared again soon. */
const HELD_SENTENCES = 8_192;

/** Scores that are written at once. */
const BATCH = 256;

/**
 * Compares each pair of pages, sentence by sentence, from the first that has no score yet. Memory: the vectors of two
 * pages, and of some that were compared before.
 */
export async function comparePages(
  candidates: Pick<PageCandidates, "length" | "source" | "target">,
  vectors: Readonly<Record<SideName, PageVectors>>,
  scores: Pick<NpyWriter<Float64Array>, "rows" | "append">,
  { signal, onEvent }: { signal?: AbortSignal; onEvent: (event: JobEvent) => void },
): Promise<void> {
  const sources = new ComparedPages(vectors.source, vectors.target.draw());
  const targets = new ComparedPages(vectors.target, vectors.source.draw());
  let batch: number[] = [];
  for (let number = scores.rows; number < candidates.length; number++) {
    signal?.throwIfAborted();
    batch.push(pageFit(sources.get(candidates.source[number]), targets.get(candidates.target[number])));
    onEvent({
      kind: "progress",
      stage: "compare pages",
      done: number + 1,
      total: candidates.length,
      unit: "pairs",
    });
    if (batch.length < BATCH && number + 1 < candidates.length) continue;
    await scores.append(Float64Array.from(batch));
    batch = [];
  }
}

/** Pages with what they are compared by; those that were used last are held. */
class ComparedPages {
  private readonly held = new Map<number, ComparedPage>();
  private sentences = 0;

  constructor(
    private readonly vectors: PageVectors,
    private readonly drawn: { vectors: Float32Array; pages: number[] },
  ) {}

  get(page: number): ComparedPage {
    const known = this.held.get(page);
    const found = known ?? this.make(page);
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

  private make(page: number): ComparedPage {
    const sentences = this.vectors.sentencesOf(page);
    const chance = sentences.lengths.map((_, i) => chanceOf(sentences, i, this.drawn.vectors));
    return { ...sentences, page, chance, drawnFrom: this.drawn.pages };
  }
}
