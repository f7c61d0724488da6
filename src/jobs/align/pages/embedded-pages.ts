import type { SharedEncoder } from "../../../steps/vectors/encoder-source.js";
import { vectorsStage } from "../../../steps/vectors/vectors-stage.js";
import type { Key } from "../../../store/run/manifest.js";
import type { RunFolder } from "../../../store/run/run-folder.js";
import type { Encoder } from "../../../types/encoder.js";
import type { SideName } from "../../../types/texts.js";
import { PageVectors } from "./page-vectors.js";
import type { PageSide } from "./read-side.js";

/** The pages of both sides. */
export type PageSides = Readonly<Record<SideName, PageSide>>;

/** Both sides as vectors, which are made, or opened where they are kept, when they are first asked for. */
export class EmbeddedPages implements Disposable {
  private readonly opened: PageVectors[] = [];
  private both: Promise<Readonly<Record<SideName, PageVectors>>> | undefined;

  constructor(
    readonly sides: PageSides,
    private readonly shared: SharedEncoder,
    readonly run: RunFolder,
  ) {}

  /** What the vectors depend on. */
  get key(): Key {
    return { source: this.stageOf("source").key, target: this.stageOf("target").key };
  }

  /** The encoder that embeds both sides. */
  encoder(): Promise<Encoder> {
    return this.shared.fitted();
  }

  vectors(signal?: AbortSignal): Promise<Readonly<Record<SideName, PageVectors>>> {
    this.both ??= this.openBoth(signal);
    return this.both;
  }

  [Symbol.dispose](): void {
    for (const vectors of this.opened) vectors[Symbol.dispose]();
  }

  private async openBoth(signal?: AbortSignal): Promise<Record<SideName, PageVectors>> {
    const open = async (side: SideName) => {
      const vectors = await PageVectors.of(this.sides[side], await this.run.keep(this.stageOf(side)), signal);
      this.opened.push(vectors);
      return vectors;
    };
    return { source: await open("source"), target: await open("target") };
  }

  private stageOf(side: SideName) {
    return vectorsStage(side, this.sides[side], this.shared.sourceOf(side));
  }
}
