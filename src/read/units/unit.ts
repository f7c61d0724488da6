import type { TmxElement, TmxVariant } from "../../types/tmx-unit.js";
import type { XmlParser } from "../xml/xml-parser.js";

/** A `<tuv>`, or a source or target of XLIFF: its language, its text, and what else it tells. */
export interface Variant {
  language: string | undefined;
  /** Undefined where it has none. */
  text: string | undefined;
  element: TmxVariant;
}

/** A `<tu>`, or a segment of XLIFF; `line` is that of the file where it begins. */
export interface Unit {
  line: number;
  element: TmxElement;
  variants: Variant[];
  /** Those of the document, if it tells them. */
  languages?: Languages;
}

export type Languages = readonly [source: string, target: string];

/** What is done with what a document holds. */
export interface UnitHandlers {
  onHeader(header: TmxElement): void;
  onUnit(unit: Unit): void;
}

/** A parser of a document's units. */
export interface UnitParser {
  readonly xml: XmlParser;
  /** The line where the outermost unit that is open begins. */
  readonly openLine: number | undefined;
}
