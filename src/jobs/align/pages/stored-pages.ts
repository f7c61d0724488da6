import { GrowingArray } from "../../../store/arrays/growing-array.js";
import { ValueFile } from "../../../store/files/value-file.js";
import type { TextPage } from "../../../types/pages.js";
import type { Texts } from "../../../types/texts.js";

/** The pages of a side in a file, by their numbers, and all their sentences, page by page. Memory: 16 bytes a page, and one page. */
export class StoredPages implements Iterable<TextPage>, Disposable {
  private readonly file: ValueFile<TextPage>;
  /** How many sentences the pages up to each one have. */
  private readonly ends = new GrowingArray(Float64Array);
  /** The page that was read last: it is often asked for again. */
  private last?: { number: number; page: TextPage; sentences: readonly string[] };

  /** @param path a new file, which is the caller's to remove */
  constructor(path: string) {
    this.file = new ValueFile(path);
  }

  get length(): number {
    return this.file.length;
  }

  add(page: TextPage): void {
    this.file.append(page);
    this.ends.push(this.firstOf(this.length - 1) + page.blocks.flat().length);
  }

  get(page: number): TextPage {
    return this.read(page).page;
  }

  /** The sentences of a page. */
  sentencesOf(page: number): readonly string[] {
    return this.read(page).sentences;
  }

  *[Symbol.iterator](): Generator<TextPage> {
    for (let page = 0; page < this.length; page++) yield this.get(page);
  }

  /** All sentences so far: those of a page are read at once. */
  get texts(): Texts {
    return { length: this.firstOf(this.length), get: (sentence) => this.sentence(sentence) };
  }

  /** The number of a page's first sentence; that of all pages' sentences for the page after the last. */
  firstOf(page: number): number {
    return page === 0 ? 0 : this.ends.at(page - 1);
  }

  /** The page on which a sentence stands. */
  pageOf(sentence: number): number {
    let [low, high] = [0, this.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends.at(middle) > sentence) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  [Symbol.dispose](): void {
    this.file[Symbol.dispose]();
  }

  private sentence(number: number): string {
    const page = this.pageOf(number);
    return this.sentencesOf(page)[number - this.firstOf(page)];
  }

  private read(number: number) {
    if (this.last?.number === number) return this.last;
    const page = this.file.get(number);
    this.last = { number, page, sentences: page.blocks.flat() };
    return this.last;
  }
}
