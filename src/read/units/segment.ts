import type { TmxContent, TmxVariant } from "../../types/tmx-unit.js";

/** What becomes of the codes inside inline tags. */
export type Codes = "drop" | "keep";

/** Inline elements whose content is code of the document that was translated, not text. */
const CODES: readonly string[] = ["bpt", "ept", "ph", "it", "ut"];
const TEXTS: readonly string[] = ["hi", "sub"];

/** A segment while it is read. */
export class SegmentBuilder {
  private readonly root: TmxContent[] = [];
  /** The contents that are open; an element that TMX does not know has that of the one around it. */
  private readonly open: TmxContent[][] = [];

  addText(text: string): void {
    const content = this.open.at(-1) ?? this.root;
    if (typeof content.at(-1) === "string") content.push(`${content.pop()}${text}`);
    else content.push(text);
  }

  openTag(name: string, attributes: Readonly<Record<string, string>>): void {
    const around = this.open.at(-1) ?? this.root;
    if (!CODES.includes(name) && !TEXTS.includes(name)) {
      this.open.push(around);
      return;
    }
    const content: TmxContent[] = [];
    around.push({ name, attributes, content });
    this.open.push(content);
  }

  closeTag(): void {
    this.open.pop();
  }

  /** The text, and the segment as it stood where tags are in it. */
  finish(codes: Codes): { text: string; segment?: TmxVariant["segment"] } {
    const text = textOf(this.root, codes);
    if (this.root.every((part) => typeof part === "string")) return { text };
    return { text, segment: { text, content: this.root } };
  }
}

function textOf(content: readonly TmxContent[], codes: Codes): string {
  return content
    .map((part) => {
      if (typeof part === "string") return part;
      return codes === "drop" && CODES.includes(part.name) ? "" : textOf(part.content, codes);
    })
    .join("");
}
