import type { TmxElement, TmxProperty, TmxVariant } from "../../types/tmx-unit.js";
import { type Codes, SegmentBuilder } from "../units/segment.js";
import type { Unit, UnitHandlers, UnitParser } from "../units/unit.js";
import type { Start } from "../xml/own-names.js";
import type { Attributes, XmlHandler, XmlKind } from "../xml/xml-handler.js";
import { XmlParser } from "../xml/xml-parser.js";

interface OpenElement extends TmxElement {
  properties: TmxProperty[];
}

interface OpenUnit extends Unit {
  element: OpenElement;
}

const TMX: XmlKind = { name: "TMX", root: "tmx", before: "<tmx><body>" };

/** Elements that hold segments: one of them inside a segment shows that its end is missing. */
const STRUCTURE: ReadonlySet<string> = new Set(["tmx", "header", "body", "tu", "tuv", "seg", "prop", "note"]);

/** Takes the text of a TMX document piece by piece and gives its header and its units as they end. */
export class TmxParser implements UnitParser, XmlHandler {
  readonly xml: XmlParser;
  private header?: OpenElement;
  /** Units that have begun, each inside the one before it. */
  private readonly units: OpenUnit[] = [];
  private variant?: { attributes: Attributes; properties: TmxProperty[] };
  private property?: { name: "prop" | "note"; attributes: Attributes; text: string };
  private segment?: SegmentBuilder;
  private read?: { text: string; segment?: TmxVariant["segment"] };
  /** The depth at which a unit had another in it that has just ended. */
  private wraps = -1;

  /** @param start where the first piece begins, if that is amid the units */
  constructor(
    path: string,
    private readonly codes: Codes,
    private readonly handlers: UnitHandlers,
    start?: Start,
  ) {
    this.xml = new XmlParser(path, TMX, this, start);
  }

  /** The line where the outermost unit that is open begins. */
  get openLine(): number | undefined {
    return this.units[0]?.line;
  }

  open(name: string, attributes: Attributes): void {
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

  private openUnit(attributes: Attributes): void {
    if (this.variant) this.xml.fail("has <tu> in a <tuv>; expected <seg>");
    this.units.push({ line: this.xml.mark().line, element: { attributes, properties: [] }, variants: [] });
  }

  private openInline(name: string, attributes: Attributes): void {
    if (STRUCTURE.has(name)) this.xml.fail(`has <${name}> in a segment; expected text and inline tags`);
    this.segment!.openTag(name, attributes);
  }

  addText(text: string): void {
    if (this.segment) this.segment.addText(text);
    else if (this.property) this.property.text += text;
  }

  close(name: string): void {
    if (this.segment) this.closeInSegment(name);
    else if (name === "prop" || name === "note") this.closeProperty();
    else if (name === "tuv") this.closeVariant();
    else if (name === "tu") this.closeUnit();
    else if (name === "header" && this.header) {
      this.handlers.onHeader(this.header);
      this.header = undefined;
      this.xml.mark();
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
    this.xml.mark();
    if (unit && !isWrapper) this.handlers.onUnit(unit);
  }
}
