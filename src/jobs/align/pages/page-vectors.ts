import type { PageSentences } from "../../../pages/page-vector.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import type { SideVectors } from "../../../steps/vectors/vectors-stage.js";
import { countPages } from "./count-pages.js";
import type { PageSide } from "./read-side.js";

/** Sentences that stand for a side. */
const DRAWN = 64;

/** The vectors of a side's sentences, in a file; those of a page are read when it is compared. */
export class PageVectors implements Disposable {
  private constructor(
    readonly side: PageSide,
    private readonly rows: SideVectors,
    /** On how many pages each sentence stands. */
    private readonly pagesWith: Uint32Array,
  ) {}

  /** Takes what a run keeps of a side; the file is closed when this is disposed of. */
  static async of(side: PageSide, rows: SideVectors, signal?: AbortSignal): Promise<PageVectors> {
    return new PageVectors(side, rows, await countPages(side.pages, signal));
  }

  /** The mean of all sentences' vectors; none where there are few. */
  get mean(): readonly number[] | undefined {
    return this.rows.info.rows >= LEAST_CENTRED ? this.rows.info.mean : undefined;
  }

  /** Of a sentence. */
  get dimensions(): number {
    return this.rows.info.dimensions;
  }

  /** The sentences of a page. */
  sentencesOf(page: number): PageSentences {
    const { pages } = this.side;
    const [first, end] = [pages.firstOf(page), pages.firstOf(page + 1)];
    const { dimensions } = this;
    return {
      vectors: this.read(first, end),
      dimensions,
      lengths: pages.sentencesOf(page).map((text) => text.length),
      pages: Array.from(this.pagesWith.subarray(first, end)),
    };
  }

  /** Sentences from all over the side, and the page of each. */
  draw(): { vectors: Float32Array; pages: number[] } {
    const { texts, pages } = this.side;
    const { dimensions } = this;
    const count = Math.min(DRAWN, texts.length);
    const vectors = new Float32Array(count * dimensions);
    const drawnFrom: number[] = [];
    for (let i = 0; i < count; i++) {
      const place = Math.floor(((i + 0.5) * texts.length) / count);
      vectors.set(this.read(place, place + 1), i * dimensions);
      drawnFrom.push(pages.pageOf(place));
    }
    return { vectors, pages: drawnFrom };
  }

  [Symbol.dispose](): void {
    this.rows[Symbol.dispose]();
  }

  private read(start: number, end: number): Float32Array {
    const { info } = this.rows;
    const data = this.rows.read(start, end);
    prepareRows(
      { rows: end - start, dimensions: info.dimensions, data },
      { mean: this.mean, blocks: info.blocks },
    );
    return data;
  }
}
