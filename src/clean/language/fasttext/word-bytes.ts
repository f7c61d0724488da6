/** A word as fastText takes it apart: marked at both ends, in UTF-8. */
export interface EncodedWord {
  /** Signed, as fastText hashes them. */
  bytes: Int8Array;
  /** Where each character begins, and at last where the word ends. */
  starts: Int32Array;
  /** Characters, with the marks. */
  length: number;
}

const BEGIN = 0x3c;
const END = 0x3e;

/** Encodes words one after the other, into the same memory. */
export class WordBytes {
  private readonly word: EncodedWord = { bytes: new Int8Array(0), starts: new Int32Array(0), length: 0 };
  private at = 0;

  /** @returns what the next call writes over */
  encode(word: string): EncodedWord {
    if (this.word.starts.length < word.length + 3) {
      this.word.starts = new Int32Array(2 * word.length + 3);
      this.word.bytes = new Int8Array(8 * word.length + 3);
    }
    this.at = 0;
    this.word.length = 0;
    this.put(BEGIN);
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      if (unit < 0xd800 || unit > 0xdfff) this.put(unit);
      else {
        const point = word.codePointAt(i)!;
        // Half a character alone is what UTF-8 has in its place.
        this.put(point > 0xffff ? point : 0xfffd);
        if (point > 0xffff) i++;
      }
    }
    this.put(END);
    this.word.starts[this.word.length] = this.at;
    return this.word;
  }

  private put(point: number): void {
    const { bytes } = this.word;
    this.word.starts[this.word.length++] = this.at;
    if (point < 0x80) bytes[this.at++] = point;
    else if (point < 0x800) {
      bytes[this.at++] = 0xc0 | (point >> 6);
      bytes[this.at++] = 0x80 | (point & 0x3f);
    } else {
      if (point < 0x10000) bytes[this.at++] = 0xe0 | (point >> 12);
      else {
        bytes[this.at++] = 0xf0 | (point >> 18);
        bytes[this.at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      bytes[this.at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[this.at++] = 0x80 | (point & 0x3f);
    }
  }
}
