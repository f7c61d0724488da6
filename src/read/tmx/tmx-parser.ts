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
  /** Undefined where it has no `<seg>`. */
  text: string | undefined;
  element: TmxVariant;
}

/** A `<tu>`; `line` is that of the file where it begins. */
export interface Unit {
  line: number;
  element: TmxElement;
  variants: Variant[];
}

export interface Handlers {
  onHeader(header: TmxElement): void;
  onUnit(unit: Unit): void;
}

/** A place in a document: characters before it, and its line from 1. */
export interface Offset {
  offset: number;
  line: number;
}

interface OpenElement extends TmxElement {
  properties: TmxProperty[];
}

interface OpenUnit extends Unit {
  element: OpenElement;
}

const DEEPEST = 64;

/** What one unit may cost in memory, in characters of the file. */
const MAX_UNIT = 16 * 2 ** 20;

/** What stands before the units, for a parser that begins amid them. */
const BODY = "<tmx><body>";

/** Elements that hold segments: one of them inside a segment shows that its end is missing. */
const STRUCTURE: ReadonlySet<string> = new Set(["tmx", "header", "body", "tu", "tuv", "seg", "prop", "note"]);

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
  /** Units that have begun, each inside the one before it. */
  private readonly units: OpenUnit[] = [];
  private variant?: { attributes: Record<string, string>; properties: TmxProperty[] };
  private property?: { name: "prop" | "note"; attributes: Record<string, string>; text: string };
  private segment?: SegmentBuilder;
  private read?: { text: string; segment?: TmxVariant["segment"] };
  /** The depth at which a unit had another in it that has just ended. */
  private wraps = -1;
  private depth = 0;
  private begun = false;
  private rooted = false;
  /** Where a unit or the header last began or ended. */
  private last: Offset;
  /** What is to be added to the parser's own place. */
  private readonly base: Offset;

  /** @param start where the first piece begins, if that is amid the units */
  constructor(
    private readonly path: string,
    private readonly codes: Codes,
    private readonly handlers: Handlers,
    start?: Offset,
  ) {
    const { parser } = this;
    this.last = start ?? { offset: 0, line: 1 };
    this.base = start ? { offset: start.offset - BODY.length, line: start.line - 1 } : { offset: 0, line: 0 };
    parser.on("error", ({ message }) =>
      this.fail(describe(message.replace(/^(\S*:)?\d+:\d+: /, "").replace(/\.$/, ""))),
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
    if (start) this.write(BODY);
  }

  /** Where it is. */
  get at(): Offset {
    return {
      offset: this.base.offset + this.parser.position,
      line: this.base.line + this.parser.line,
    };
  }

  /** Where a unit or the header last began or ended; the start before that. */
  get boundary(): Offset {
    return this.last;
  }

  /** The line where the outermost unit that is open begins. */
  get openLine(): number | undefined {
    return this.units[0]?.line;
  }

  /** Whether the document has shown that it is TMX. */
  get isTmx(): boolean {
    return this.rooted;
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
    if (this.at.offset - this.last.offset > MAX_UNIT) this.fail("has a unit of more than 16 MiB");
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
  private fail(problem: string): never {
    throw new BrokenInput({ path: this.path, line: this.at.line }, `${problem}.`, {
      advice: "Correct the file, or export it again.",
    });
  }

  /** @throws InputError: nothing of this document is read */
  private refuse(problem: string, advice?: Wording): never {
    throw new InputError({ path: this.path, line: this.at.line }, problem, { advice });
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
    this.rooted = true;
    if (this.depth > DEEPEST) this.fail(`nests elements more than ${DEEPEST} deep`);
    if (this.segment) this.openInline(name, attributes);
    else if (name === "header") this.header = { attributes, properties: [] };
    else if (name === "tu") this.openUnit(attributes);
    else if (name === "tuv" && this.unit) this.variant = { attributes, properties: [] };
    else if (name === "seg" && this.variant) this.segment = new SegmentBuilder();
    else if (name === "prop" || name === "note") this.property = { name, attributes, text: "" };
  }

  private get unit(): OpenUnit | undefined {
    return this.units.at(-1);
  }

  private openUnit(attributes: Record<string, string>): void {
    if (this.variant) this.fail("has <tu> in a <tuv>; expected <seg>");
    this.last = this.at;
    this.units.push({ line: this.last.line, element: { attributes, properties: [] }, variants: [] });
  }

  private openInline(name: string, attributes: Record<string, string>): void {
    if (STRUCTURE.has(name)) this.fail(`has <${name}> in a segment; expected text and inline tags`);
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
      this.last = this.at;
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
    const { text, segment } = this.read ?? {};
    this.unit.variants.push({
      language: attributes["xml:lang"] ?? attributes.lang,
      text,
      element: segment ? { ...this.variant, segment } : this.variant,
    });
    this.variant = undefined;
    this.read = undefined;
  }

  /** A unit that only wraps others tells nothing. */
  private closeUnit(): void {
    const unit = this.units.pop();
    const isWrapper = unit?.variants.length === 0 && this.wraps === this.units.length;
    this.wraps = this.units.length - 1;
    this.last = this.at;
    if (unit && !isWrapper) this.handlers.onUnit(unit);
  }
}

function describe(problem: string): string {
  if (problem !== "disallowed character") return problem;
  return "has a control character, or bytes that are no text in the encoding of the file";
}
