import type { BitextFormat, PairInput, ReadPairsOptions } from "../src/index.js";
import { type RecognisedBitext, recogniseBitext } from "../src/read/pairs/recognise-bitext.js";

/** A bitext that a command is given, whose format may be asked for before it is read. */
export class GivenBitext implements AsyncDisposable {
  private recognised?: RecognisedBitext;

  constructor(
    public input: PairInput,
    public read: ReadPairsOptions,
    private readonly signal: AbortSignal,
  ) {}

  /** The format that is named, or recognised: a stream is waited for. Of one without a byte it is not known. */
  async format(): Promise<BitextFormat | undefined> {
    if (this.read.format !== undefined) return this.read.format;
    if (!this.recognised) {
      this.recognised = await recogniseBitext(this.input, this.signal);
      this.input = this.recognised.input;
      this.read = { ...this.read, name: this.recognised.name };
    }
    return this.recognised.format;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.recognised?.[Symbol.asyncDispose]();
  }
}
