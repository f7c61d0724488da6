import { join } from "node:path";
import { embed, textWindows } from "../../../embed/embed.js";
import { meanOfRows } from "../../../embed/mean.js";
import { type JobEvent, tellTruncated } from "../../../events.js";
import type { PageSentences } from "../../../pages/page-vector.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import { rejectText } from "../../../steps/vectors/reject-vector.js";
import { NpyWriter } from "../../../store/arrays/npy-file.js";
import type { Encoder } from "../../../types/encoder.js";
import { countPages } from "./count-pages.js";
import type { PageSide } from "./read-side.js";

/** Sentences that stand for a side. */
const DRAWN = 64;

/** How pages become vectors. */
export interface EmbedPagesOptions {
  encoder: Encoder;
  /** Where the sentences' vectors lie while they are needed. */
  folder: string;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

interface KnownSentences {
  rows: NpyWriter<Float32Array>;
  mean?: readonly number[];
  /** On how many pages each stands. */
  pagesWith: Uint32Array;
}

/** The vectors of a side's sentences, in a file; those of a page are read when it is compared. */
export class PageVectors implements AsyncDisposable {
  private constructor(
    readonly side: PageSide,
    private readonly encoder: Encoder,
    private readonly known: KnownSentences,
  ) {}

  /** The mean of all sentences' vectors; none where there are few. */
  get mean(): readonly number[] | undefined {
    return this.known.mean;
  }

  /** Of a sentence. */
  get dimensions(): number {
    return this.encoder.dimensions;
  }

  /** Embeds all sentences of a side. */
  static async make(side: PageSide, options: EmbedPagesOptions): Promise<PageVectors> {
    const { encoder, folder, signal, onEvent } = options;
    const { texts, name } = side;
    const rows = await NpyWriter.open(join(folder, side.side), "<f4", encoder.dimensions);
    let truncated = 0;
    try {
      await embed(textWindows(texts), encoder, rows, {
        signal,
        side: side.side,
        onTruncated: (count) => {
          truncated += count;
        },
        onProgress: (done) =>
          onEvent({
            kind: "progress",
            stage: `embed ${side.side}`,
            done,
            total: texts.length,
            unit: "sentences",
          }),
        onNotFinite: (row) => {
          throw rejectText(name, texts.get(row), encoder.space);
        },
      });
      tellTruncated(truncated, name, onEvent);
      const centred = texts.length >= LEAST_CENTRED;
      const mean = centred ? await meanOfRows(rows, encoder.dimensions, encoder.blocks) : undefined;
      const pagesWith = await countPages(side.pages, signal);
      return new PageVectors(side, encoder, { rows, mean, pagesWith });
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  /** The sentences of a page. */
  async sentencesOf(page: number): Promise<PageSentences> {
    const { pages } = this.side;
    const [first, end] = [pages.firstOf(page), pages.firstOf(page + 1)];
    const { dimensions } = this.encoder;
    return {
      vectors: await this.read(first, end),
      dimensions,
      lengths: pages.sentencesOf(page).map((text) => text.length),
      pages: Array.from(this.known.pagesWith.subarray(first, end)),
    };
  }

  /** Sentences from all over the side, and the page of each. */
  async draw(): Promise<{ vectors: Float32Array; pages: number[] }> {
    const { texts, pages } = this.side;
    const { dimensions } = this.encoder;
    const count = Math.min(DRAWN, texts.length);
    const vectors = new Float32Array(count * dimensions);
    const drawnFrom: number[] = [];
    for (let i = 0; i < count; i++) {
      const place = Math.floor(((i + 0.5) * texts.length) / count);
      vectors.set(await this.read(place, place + 1), i * dimensions);
      drawnFrom.push(pages.pageOf(place));
    }
    return { vectors, pages: drawnFrom };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.known.rows.close();
  }

  private async read(start: number, end: number): Promise<Float32Array> {
    const data = await this.known.rows.read(start, end);
    const { dimensions, blocks } = this.encoder;
    prepareRows({ rows: end - start, dimensions, data }, { mean: this.mean, blocks });
    return data;
  }
}
