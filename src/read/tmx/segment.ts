import type { TmxContent, TmxVariant } from "../../types/tmx-unit.js";

/** What becomes of the codes inside inline tags. */
export type Codes = "drop" | "keep";

/** Inline elements whose content is code of the document that was translated, not text. */
const CODES: readonly string[] = ["bpt", "ept", "ph", "it", "ut"];
const TEXTS: readonly string[] = ["hi", "sub"];

interface Inline {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: TmxContent[];
}

/** A segment while it is read. */
export class SegmentBuilder {
  private readonly root: TmxContent[] = [];
  private readonly open: Inline[] = [];

  static isInline(name: string): boolean {
    return CODES.includes(name) || TEXTS.includes(name);
  }

  addText(text: string): void {
    const content = this.open.at(-1)?.content ?? this.root;
    if (typeof content.at(-1) === "string") content.push(`${content.pop()}${text}`);
    else content.push(text);
  }

  openTag(name: string, attributes: Readonly<Record<string, string>>): void {
    const inline: Inline = { name, attributes, content: [] };
    (this.open.at(-1)?.content ?? this.root).push(inline);
    this.open.push(inline);
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
