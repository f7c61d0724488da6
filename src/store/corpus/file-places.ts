import { join } from "node:path";
import { NumberSet } from "../arrays/number-set.js";
import { PagedNumbers } from "../arrays/paged-numbers.js";
import { RecordSorter } from "../arrays/record-sorter.js";
import { RecordFile } from "../files/record-file.js";
import type { FileTexts } from "./file-texts.js";
import type { PlacesOfTexts } from "./places.js";
import { openIfAny } from "./side-files.js";
import { fieldsPath, idsPath, placesPath } from "./side-writer.js";

export interface FilePlacesOptions {
  /** Takes what tells places by texts, where some stand several times; gone in the end. */
  folder: string;
  memoryBytes: number;
}

/** Of each text where it stands first, and of those that stand again, in their order, text and place. */
interface PlacesByText extends Disposable {
  firsts: RecordFile;
  again: RecordFile;
  /** The texts that stand again. */
  repeated: NumberSet;
}

/**
 * The places of a side that stay in their files. Memory: pages of them, and a bit a text where some text stands several
 * times.
 */
export class FilePlaces implements PlacesOfTexts, Disposable {
  private readonly stored: { ids?: FileTexts; fields?: FileTexts };
  /** Of each place its text and its line. */
  private readonly table: PagedNumbers;
  private byText: PlacesByText | undefined;

  /** @param count distinct texts of the side */
  constructor(
    folder: string,
    private readonly name: string,
    private readonly count: number,
    private readonly options: FilePlacesOptions,
  ) {
    this.table = PagedNumbers.open(placesPath(folder, name));
    this.stored = { ids: openIfAny(idsPath(folder, name)), fields: openIfAny(fieldsPath(folder, name)) };
  }

  lines(text: number): number[] {
    return this.placesOf(text).map((place) => this.table.at(2 * place + 1));
  }

  ids(text: number): string[] {
    const { ids } = this.stored;
    return ids ? this.placesOf(text).map((place) => (place < ids.length ? ids.get(place) : "")) : [];
  }

  fields(text: number): string[][] {
    const { fields } = this.stored;
    return fields ? this.placesOf(text).map((place) => JSON.parse(fields.get(place))) : [];
  }

  [Symbol.dispose](): void {
    this.table[Symbol.dispose]();
    this.byText?.[Symbol.dispose]();
    this.stored.ids?.close();
    this.stored.fields?.close();
  }

  private placesOf(text: number): number[] {
    // Without any that stands again, texts have the numbers of their places.
    if (this.table.length === 2 * this.count) return [text];
    this.byText ??= this.orderByText();
    const { firsts, again, repeated } = this.byText;
    const places = [firsts.at(text)[0]];
    if (!repeated.has(text)) return places;
    let [low, high] = [0, again.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (again.at(middle)[0] < text) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < again.length && again.at(i)[0] === text; i++) places.push(again.at(i)[1]);
    return places;
  }

  private orderByText(): PlacesByText {
    const { memoryBytes } = this.options;
    const pathOf = (what: string) => join(this.options.folder, `${this.name}.${what}`);
    const firsts = new RecordFile(pathOf("firsts"), 1);
    const again = new RecordFile(pathOf("again"), 2);
    const repeated = new NumberSet(this.count);
    using sorter = new RecordSorter({ path: pathOf("sorted"), memoryBytes, width: 2, keys: 2 });
    for (let place = 0; place < this.table.length / 2; place++) {
      const text = this.table.at(2 * place);
      if (text === firsts.length) firsts.append([place]);
      else {
        sorter.add([text, place]);
        repeated.add(text);
      }
    }
    for (const record of sorter.sorted()) again.append(record);
    firsts.flush();
    again.flush();
    const dispose = () => {
      firsts[Symbol.dispose]();
      again[Symbol.dispose]();
    };
    return { firsts, again, repeated, [Symbol.dispose]: dispose };
  }
}
