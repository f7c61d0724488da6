import { SaxesParser } from "saxes";
import { InputError } from "../../errors.js";
import type { TmxElement, TmxProperty, TmxVariant } from "../../types/tmx-unit.js";
import { option, say, type Wording } from "../../wording.js";
import { BrokenInput } from "../faults.js";
import { Ampersands, type Parsable } from "./ampersands.js";
import { type Codes, SegmentBuilder } from "./segment.js";

/** A `<tuv>`: its language, its text, and what else it tells. */
export interface Variant {
  language: string | undefined;
  text: string;
  element: TmxVariant;
}

/** A `<tu>`; `line` is that of the file where it begins. */
export interface Unit {
  line: number;
  element: TmxElement;
  variants: Variant[];
}

interface Handlers {
  onHeader(header: TmxElement): void;
  onUnit(unit: Unit): void;
}

interface OpenElement extends TmxElement {
  properties: TmxProperty[];
}

const DEEPEST = 64;

/** Encodings that a document may declare; the bytes have shown which it is. */
const DECLARED = /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i;

/**
 * Takes the text of a TMX document piece by piece and gives its header and its units as they end. Costs the memory of a
 * unit: nothing is looked up outside, and a document that declares entities is refused.
 */
export class TmxParser {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly ampersands = new Ampersands();
  private header?: OpenElement;
  private unit?: Unit & { element: OpenElement };
  private variant?: { attributes: Record<string, string>; properties: TmxProperty[] };
  private property?: { name: "prop" | "note"; attributes: Record<string, string>; text: string };
  private segment?: SegmentBuilder;
  private read?: { text: string; segment?: TmxVariant["segment"] };
  private depth = 0;
  private begun = false;

  constructor(
    private readonly path: string,
    private readonly codes: Codes,
    private readonly handlers: Handlers,
  ) {
    const { parser } = this;
    parser.on("error", ({ message }) =>
      this.fail(message.replace(/^(\S*:)?\d+:\d+: /, "").replace(/\.$/, "")),
    );
    parser.on("xmldecl", ({ encoding }) => this.checkEncoding(encoding));
    parser.on("doctype", (doctype) => {
      if (doctype.includes("<!ENTITY"))
        this.refuse(
          "declares entities of its own, which could stand for files or for gigabytes.",
          "Remove the declarations from its <!DOCTYPE>.",
        );
    });
    // A copy: the parser's own objects are slow dictionaries of several times the size.
    parser.on("opentag", ({ name, attributes }) => this.open(name, { ...attributes }));
    parser.on("closetag", ({ name }) => this.close(name));
    parser.on("text", (text) => this.addText(text));
    parser.on("cdata", (text) => this.addText(text));
  }

  /** Takes the next piece. */
  write(piece: string): void {
    this.begun ||= this.begins(piece);
    this.parse(this.ampersands.take(piece));
  }

  /** To be called after the last piece. */
  end(): void {
    this.parse(this.ampersands.takeRest());
    this.parser.close();
  }

  private parse({ text, bare }: Parsable): void {
    this.parser.write(text);
    if (bare) this.fail("has an & that begins no entity; expected &amp;");
  }

  /** Whether a first character has come. */
  private begins(piece: string): boolean {
    const first = piece.trimStart()[0];
    if (first !== undefined && first !== "<")
      this.refuse(
        `is not TMX: it begins with ${JSON.stringify(first)}.`,
        say`Name the right ${option("format")}.`,
      );
    return first !== undefined;
  }

  /** @throws BrokenInput: what ended before this place is sound */
  fail(problem: string): never {
    const { line } = this.parser;
    throw new BrokenInput({ path: this.path, line }, `${problem}.`, {
      advice: "Correct the file, or export it again.",
    });
  }

  /** @throws InputError: nothing of this document is read */
  private refuse(problem: string, advice?: Wording): never {
    throw new InputError({ path: this.path, line: this.parser.line }, problem, { advice });
  }

  private checkEncoding(encoding: string | undefined): void {
    if (encoding === undefined || DECLARED.test(encoding)) return;
    this.refuse(
      `declares the encoding ${encoding}; expected UTF-8 or UTF-16.`,
      "Convert it to UTF-8, and say so in its first line.",
    );
  }

  private open(name: string, attributes: Record<string, string>): void {
    if (this.depth++ === 0 && name !== "tmx")
      this.refuse(`is not TMX: its first element is <${name}>; expected <tmx>.`);
    if (this.depth > DEEPEST) this.fail(`nests elements more than ${DEEPEST} deep`);
    if (this.segment) this.openInline(name, attributes);
    else if (name === "header") this.header = { attributes, properties: [] };
    else if (name === "tu")
      this.unit = { line: this.parser.line, element: { attributes, properties: [] }, variants: [] };
    else if (name === "tuv" && this.unit) this.variant = { attributes, properties: [] };
    else if (name === "seg" && this.variant) this.segment = new SegmentBuilder();
    else if (name === "prop" || name === "note") this.property = { name, attributes, text: "" };
  }

  private openInline(name: string, attributes: Record<string, string>): void {
    if (!SegmentBuilder.isInline(name))
      this.fail(`has <${name}> in a segment; expected text and inline tags`);
    this.segment!.openTag(name, attributes);
  }

  private addText(text: string): void {
    if (this.segment) this.segment.addText(text);
    else if (this.property) this.property.text += text;
  }

  private close(name: string): void {
    this.depth--;
    if (this.segment) this.closeInSegment(name);
    else if (name === "prop" || name === "note") this.closeProperty();
    else if (name === "tuv") this.closeVariant();
    else if (name === "tu") this.closeUnit();
    else if (name === "header" && this.header) {
      this.handlers.onHeader(this.header);
      this.header = undefined;
    }
  }

  private closeInSegment(name: string): void {
    if (name === "seg") {
      this.read = this.segment!.finish(this.codes);
      this.segment = undefined;
    } else this.segment!.closeTag();
  }

  private closeProperty(): void {
    const owner = this.variant ?? this.unit?.element ?? this.header;
    if (this.property) owner?.properties.push(this.property);
    this.property = undefined;
  }

  private closeVariant(): void {
    if (!this.variant || !this.unit) return;
    const { attributes } = this.variant;
    const { text = "", segment } = this.read ?? {};
    this.unit.variants.push({
      language: attributes["xml:lang"] ?? attributes.lang,
      text,
      element: segment ? { ...this.variant, segment } : this.variant,
    });
    this.variant = undefined;
    this.read = undefined;
  }

  private closeUnit(): void {
    if (this.unit) this.handlers.onUnit(this.unit);
    this.unit = undefined;
  }
}
