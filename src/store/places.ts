import { GrowingArray } from "./growing-array.js";
import { PackedTexts } from "./packed-texts.js";

const NONE = 0xffffffff;

/** Where each distinct text of a side stands in its input: every line, and every identifier where there are any. */
export class Places {
  private readonly first = new GrowingArray(Uint32Array);
  private readonly last = new GrowingArray(Uint32Array);
  private readonly next = new GrowingArray(Uint32Array);
  private readonly lineNumbers = new GrowingArray(Float64Array);
  private readonly identifiers = new PackedTexts();

  /** Adds one occurrence of a text; texts get the numbers 0, 1, 2, … in the order they first come. */
  add(text: number, line: number, id: string | undefined): void {
    const place = this.lineNumbers.length;
    this.lineNumbers.push(line);
    this.next.push(NONE);
    if (id !== undefined) {
      while (this.identifiers.length < place) this.identifiers.push("");
      this.identifiers.push(id);
    }
    if (text === this.first.length) {
      this.first.push(place);
      this.last.push(place);
    } else {
      this.next.set(this.last.at(text), place);
      this.last.set(text, place);
    }
  }

  firstLine(text: number): number {
    return this.lineNumbers.at(this.first.at(text));
  }

  lines(text: number): number[] {
    return Array.from(this.placesOf(text), (place) => this.lineNumbers.at(place));
  }

  ids(text: number): string[] {
    if (this.identifiers.length === 0) return [];
    return Array.from(this.placesOf(text), (place) =>
      place < this.identifiers.length ? this.identifiers.get(place) : "",
    );
  }

  private *placesOf(text: number): Generator<number> {
    for (let place = this.first.at(text); place !== NONE; place = this.next.at(place)) yield place;
  }
}
