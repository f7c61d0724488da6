import type { TmxVariant } from "../../types/tmx-unit.js";
import { type Codes, SegmentBuilder } from "../units/segment.js";
import type { Attributes } from "../xml/xml-handler.js";

/** A text, and its inline tags where it has some. */
export type Content = ReturnType<SegmentBuilder["finish"]>;

/** What a source or a target holds: all of it, and its segments by their `mid`. */
export interface WholeContent extends Content {
  segments: ReadonlyMap<string, Content>;
}

/** A `<source>`, `<seg-source>` or `<target>` while it is read. */
export class ContentBuilder {
  private readonly whole = new SegmentBuilder();
  private readonly segments = new Map<string, Content>();
  /** The `<mrk mtype="seg">` that is open, and its depth. */
  private marked?: { mid: string; builder: SegmentBuilder; depth: number };
  /** What the tags that are open stand for where they end. */
  private readonly ends: string[] = [];

  constructor(private readonly codes: Codes) {}

  addText(text: string): void {
    this.whole.addText(text);
    this.marked?.builder.addText(text);
  }

  openTag(name: string, attributes: Attributes): void {
    this.addText(
      attributes["equiv-text"] ?? attributes.equiv ?? attributes.equivStart ?? characterOf(name, attributes),
    );
    this.ends.push(attributes.equivEnd ?? "");
    this.whole.openTag(name, attributes);
    if (name === "mrk" && attributes.mtype === "seg" && !this.marked)
      this.marked = { mid: attributes.mid ?? "", builder: new SegmentBuilder(), depth: this.ends.length };
    else this.marked?.builder.openTag(name, attributes);
  }

  closeTag(): void {
    const { marked } = this;
    this.whole.closeTag();
    if (marked?.depth === this.ends.length) {
      this.segments.set(marked.mid, marked.builder.finish(this.codes));
      this.marked = undefined;
    } else marked?.builder.closeTag();
    this.addText(this.ends.pop() ?? "");
  }

  finish(): WholeContent {
    return { ...this.whole.finish(this.codes), segments: this.segments };
  }
}

/** `<cp hex="1A"/>` is a character that XML cannot hold. */
function characterOf(name: string, { hex = "" }: Attributes): string {
  if (name !== "cp" || !/^[\da-f]{1,6}$/i.test(hex)) return "";
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? "" : String.fromCodePoint(code);
}

/** A variant's element. */
export function elementOf(language: string, { text, segment }: Content): TmxVariant {
  const element = { attributes: { "xml:lang": language }, properties: [] };
  return segment ? { ...element, segment: { ...segment, text } } : element;
}
