import { type NpyFile, openNpy } from "./npy-file.js";

const PAGE = 1024;
const MOST_PAGES = 64;

/** Numbers of 64 bits of a .npy file by their places, of which some pages are held. Memory: 512 KiB. */
export class PagedNumbers implements Disposable {
  readonly length: number;
  private readonly pages = new Map<number, Float64Array>();
  private constructor(private readonly file: NpyFile) {
    this.length = file.shape.reduce((product, size) => product * size, 1);
  }

  /** @throws InputError if it cannot be opened, or is no .npy file */
  static open(path: string): PagedNumbers {
    return new PagedNumbers(openNpy(path));
  }

  at(place: number): number {
    const number = Math.floor(place / PAGE);
    const page = this.pages.get(number) ?? this.read(number);
    return page[place - number * PAGE];
  }

  [Symbol.dispose](): void {
    this.file[Symbol.dispose]();
  }

  private read(number: number): Float64Array {
    const page = this.room();
    const start = number * PAGE;
    this.file.readInto(start, page.subarray(0, Math.min(PAGE, this.length - start)));
    this.pages.set(number, page);
    return page;
  }

  /** A new page, or the one that has been there longest. */
  private room(): Float64Array {
    if (this.pages.size < MOST_PAGES) return new Float64Array(PAGE);
    const [oldest, page] = this.pages.entries().next().value!;
    this.pages.delete(oldest);
    return page;
  }
}
