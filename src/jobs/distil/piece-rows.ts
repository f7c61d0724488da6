import { rm } from "node:fs/promises";
import { embed, textWindows, WINDOW } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { ModelError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { describeNotFinite } from "../../steps/vectors/reject-vector.js";
import { TypedRows } from "../../store/arrays/typed-rows.js";
import { claimUnfinished } from "../../store/files/unfinished.js";
import type { PieceVectors } from "../../train/distil/distil-table.js";
import type { Encoder } from "../../types/encoder.js";

export interface PieceRowsOptions {
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

/**
 * Vectors of pieces, in a file beside the new folder. What an interrupted run had embedded is gone on with; the file
 * stays for the next one unless the work is done, or less than a window was embedded.
 */
export class PieceRows implements AsyncDisposable {
  /** Pieces that an interrupted run had embedded. */
  readonly kept: number;
  private isDone = false;

  private constructor(
    private readonly path: string,
    private readonly encoder: Encoder,
    private readonly texts: readonly string[],
    private readonly rows: TypedRows,
  ) {
    this.kept = rows.rows;
  }

  /** @param output the new folder */
  static async open(output: string, encoder: Encoder, texts: readonly string[]): Promise<PieceRows> {
    const { space, dimensions, prompts } = encoder;
    const path = await claimUnfinished(output, { space, prompt: prompts?.source, texts });
    return new PieceRows(path, encoder, texts, await TypedRows.open(path, "float32", dimensions, WINDOW));
  }

  /** Embeds what is not embedded yet. */
  async embed({ signal, onEvent }: PieceRowsOptions): Promise<PieceVectors> {
    const { encoder, texts, rows } = this;
    const { length } = texts;
    const { dimensions } = encoder;
    await embed(textWindows({ length, get: (piece) => texts[piece] }, rows.rows), encoder, rows, {
      signal,
      onNotFinite: (piece) => {
        throw new ModelError(
          `Piece ${piece}, ${JSON.stringify(texts[piece])}: ${describeNotFinite(encoder.space)}`,
        );
      },
      onProgress: (done) =>
        onEvent?.({ kind: "progress", stage: "embed", done, total: length, unit: "pieces" }),
    });
    const read = (start: number, end: number) => {
      signal?.throwIfAborted();
      return rows.read(start, end);
    };
    return { rows: length, dimensions, mean: await meanOfRows({ rows: length, read }, dimensions), read };
  }

  /** Lets the file go when this is disposed of. */
  done(): void {
    this.isDone = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rows.close();
    if (this.isDone || this.rows.rows < WINDOW) await rm(this.path, { force: true });
  }
}
