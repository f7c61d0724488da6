import { join } from "node:path";
import { embed, textWindows } from "../../../embed/embed.js";
import { meanOfRows } from "../../../embed/mean.js";
import { type JobEvent, tellTruncated } from "../../../events.js";
import { PARTS, type PageSentences, pageVector } from "../../../pages/page-vector.js";
import { prepareRows } from "../../../search/prepare-rows.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import { rejectText } from "../../../steps/vectors/reject-vector.js";
import { NpyWriter } from "../../../store/arrays/npy-file.js";
import { listedTexts } from "../../../text/listed-texts.js";
import type { Encoder } from "../../../types/encoder.js";
import type { Vectors } from "../../../types/vectors.js";
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

/** The vectors of a side's sentences, in a file; those of a page are read when it is compared. */
export class PageVectors implements AsyncDisposable {
  private readonly pagesWith = new Map<string, number>();

  private constructor(
    readonly side: PageSide,
    private readonly encoder: Encoder,
    private readonly rows: NpyWriter<Float32Array>,
    readonly mean: readonly number[] | undefined,
  ) {
    for (const { blocks } of side.pages)
      for (const text of new Set(blocks.flat()))
        this.pagesWith.set(text, (this.pagesWith.get(text) ?? 0) + 1);
  }

  /** Embeds all sentences of a side. */
  static async make(side: PageSide, options: EmbedPagesOptions): Promise<PageVectors> {
    const { encoder, folder, signal, onEvent } = options;
    const { texts, name } = side;
    const rows = await NpyWriter.open(join(folder, side.side), "<f4", encoder.dimensions);
    let truncated = 0;
    try {
      await embed(textWindows(listedTexts(texts)), encoder, rows, {
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
          throw rejectText(name, texts[row], encoder.space);
        },
      });
      tellTruncated(truncated, name, onEvent);
      const centred = texts.length >= LEAST_CENTRED;
      const mean = centred ? await meanOfRows(rows, encoder.dimensions, encoder.blocks) : undefined;
      return new PageVectors(side, encoder, rows, mean);
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  /** The sentences of a page. */
  async sentencesOf(page: number): Promise<PageSentences> {
    const { texts, first } = this.side;
    const own = texts.slice(first[page], first[page + 1]);
    const { dimensions } = this.encoder;
    return {
      vectors: await this.read(first[page], first[page + 1]),
      dimensions,
      lengths: own.map((text) => text.length),
      pages: own.map((text) => this.pagesWith.get(text)!),
    };
  }

  /** Sentences from all over the side, and the page of each. */
  async draw(): Promise<{ vectors: Float32Array; pages: number[] }> {
    const { texts, first } = this.side;
    const { dimensions } = this.encoder;
    const count = Math.min(DRAWN, texts.length);
    const vectors = new Float32Array(count * dimensions);
    const pages: number[] = [];
    let page = 0;
    for (let i = 0; i < count; i++) {
      const place = Math.floor(((i + 0.5) * texts.length) / count);
      while (first[page + 1] <= place) page++;
      vectors.set(await this.read(place, place + 1), i * dimensions);
      pages.push(page);
    }
    return { vectors, pages };
  }

  /** The vectors of all pages, comparable with those of another side. */
  async ofPages(): Promise<Vectors> {
    const { pages } = this.side;
    const dimensions = PARTS * this.encoder.dimensions;
    const data = new Float32Array(pages.length * dimensions);
    for (const page of pages.keys()) data.set(pageVector(await this.sentencesOf(page)), page * dimensions);
    const read = async (start: number, end: number) => data.subarray(start * dimensions, end * dimensions);
    const centred = pages.length >= LEAST_CENTRED;
    const mean = centred ? await meanOfRows({ rows: pages.length, read }, dimensions) : undefined;
    const vectors = { rows: pages.length, dimensions, data };
    prepareRows(vectors, { mean });
    return vectors;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.rows.close();
  }

  private async read(start: number, end: number): Promise<Float32Array> {
    const data = await this.rows.read(start, end);
    const { dimensions, blocks } = this.encoder;
    prepareRows({ rows: end - start, dimensions, data }, { mean: this.mean, blocks });
    return data;
  }
}
