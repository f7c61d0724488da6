import type { Texts } from "../../types/texts.js";
import { GrowingArray } from "../arrays/growing-array.js";
import { PackedTexts } from "./packed-texts.js";

const NONE = 0xffffffff;

/** An occurrence of a text in its input. */
export interface Place {
  /** The text's number. */
  text: number;
  line: number;
  id?: string;
  /** The values of its fields, as JSON. */
  fields?: string;
}

/** Where texts stand, by their numbers. */
export type PlacesOfTexts = Pick<Places, "lines" | "ids" | "fields">;

/** What is kept of places in files. */
export interface StoredPlaces {
  ids?: Texts;
  fields?: Texts;
}

/**
 * Where each distinct text of a side stands in its input: every line, and every identifier and the values of fields where
 * there are any.
 */
export class Places {
  private readonly textOf = new GrowingArray(Uint32Array);
  private readonly lineOf = new GrowingArray(Float64Array);
  private readonly next = new GrowingArray(Uint32Array);
  private readonly first = new GrowingArray(Uint32Array);
  private readonly last = new GrowingArray(Uint32Array);
  private readonly givenIds = new PackedTexts();
  /** Of each place the values of its fields, as JSON. */
  private readonly givenFields = new PackedTexts();

  /** @param stored identifiers and fields by place, where files keep them; `add` is then called without any */
  constructor(private readonly stored: StoredPlaces = {}) {}

  /** Adds one occurrence of a text; texts get the numbers 0, 1, 2, … in the order they first come. */
  add(text: number, line: number, id?: string, fields?: readonly string[]): void {
    const place = this.lineOf.length;
    this.textOf.push(text);
    this.lineOf.push(line);
    this.next.push(NONE);
    if (id !== undefined) {
      while (this.givenIds.length < place) this.givenIds.push("");
      this.givenIds.push(id);
    }
    if (fields) this.givenFields.push(JSON.stringify(fields));
    if (text === this.first.length) {
      this.first.push(place);
      this.last.push(place);
    } else {
      this.next.set(this.last.at(text), place);
      this.last.set(text, place);
    }
  }

  /** Identifiers by place; none at all, or up to the last place that has one. */
  get identifiers(): Texts {
    return this.stored.ids ?? this.givenIds;
  }

  /** Fields by place, as JSON; none at all, or of every place. */
  get fieldTexts(): Texts {
    return this.stored.fields ?? this.givenFields;
  }

  firstLine(text: number): number {
    return this.lineOf.at(this.first.at(text));
  }

  /** How often each text occurs. */
  times(): Uint32Array {
    const times = new Uint32Array(this.first.length);
    for (let place = 0; place < this.lineOf.length; place++) times[this.textOf.at(place)]++;
    return times;
  }

  lines(text: number): number[] {
    return Array.from(this.placesOf(text), (place) => this.lineOf.at(place));
  }

  ids(text: number): string[] {
    const ids = this.identifiers;
    if (ids.length === 0) return [];
    return Array.from(this.placesOf(text), (place) => (place < ids.length ? ids.get(place) : ""));
  }

  /** The values of its fields, a list a line; none where none were asked for. */
  fields(text: number): string[][] {
    if (this.fieldTexts.length === 0) return [];
    return Array.from(this.placesOf(text), (place) => JSON.parse(this.fieldTexts.get(place)));
  }

  /** How many occurrences there are. */
  get length(): number {
    return this.lineOf.length;
  }

  /** An occurrence by its number, in the order in which they came. */
  at(place: number): Place {
    const { identifiers: ids, fieldTexts: fields } = this;
    return {
      text: this.textOf.at(place),
      line: this.lineOf.at(place),
      id: place < ids.length ? ids.get(place) : undefined,
      fields: fields.length > 0 ? fields.get(place) : undefined,
    };
  }

  private *placesOf(text: number): Generator<number> {
    for (let place = this.first.at(text); place !== NONE; place = this.next.at(place)) yield place;
  }
}
