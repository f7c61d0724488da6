import { type Attributes, IN_LINK, IN_PRE, isInline, placeOf, UNSEEN } from "./elements.js";
import type { BlockKind, HtmlBlock } from "./html-block.js";
import { joinLines } from "./join-lines.js";

const KINDS: Readonly<Record<string, BlockKind>> = {
  h1: "heading",
  h2: "heading",
  h3: "heading",
  h4: "heading",
  h5: "heading",
  h6: "heading",
  li: "item",
  dt: "item",
  dd: "item",
  td: "cell",
  th: "cell",
};

/** Makes blocks of what a parser meets. */
export class BlockBuilder {
  private readonly blocks: HtmlBlock[] = [];
  /** Of each open element, where its text stands and of what kind its block is. */
  private readonly places: number[] = [0];
  private readonly kinds: BlockKind[] = ["paragraph"];
  /** The block in hand, and whether it has anything but white space. */
  private text = "";
  private begun = false;
  private linkCharacters = 0;
  private links = 0;
  private place = 0;
  private kind: BlockKind = "paragraph";

  get depth(): number {
    return this.places.length;
  }

  open(name: string, attributes: Attributes): void {
    const inherited = this.places[this.places.length - 1];
    const place = inherited | (inherited & UNSEEN ? 0 : placeOf(name, attributes, inherited));
    this.places.push(place);
    this.kinds.push(KINDS[name] ?? this.kinds[this.kinds.length - 1]);
    if (place & UNSEEN) return;
    if (name === "a") this.links++;
    if (name === "br") this.text += "\n";
    else if (!isInline(name)) this.endBlock();
  }

  close(name: string): void {
    const place = this.places.pop() ?? 0;
    this.kinds.pop();
    if (!(place & UNSEEN) && name !== "br" && !isInline(name)) this.endBlock();
  }

  add(text: string): void {
    const place = this.places[this.places.length - 1];
    if (place & UNSEEN) return;
    if (!this.begun && text.trim() !== "") {
      this.begun = true;
      this.place = place;
      this.kind = this.kinds[this.kinds.length - 1];
    }
    // Line ends of the source are spaces; in `pre` and for `br` they are line ends.
    const part = place & IN_PRE ? text : text.replace(/\s+/g, " ");
    this.text += part;
    if (place & IN_LINK) this.linkCharacters += part.trim().length;
  }

  finish(cut: boolean): HtmlBlock[] {
    const isUnfinished = this.text.trim() !== "";
    this.endBlock();
    if (cut && isUnfinished) this.blocks.pop();
    return this.blocks;
  }

  private endBlock(): void {
    const { place, kind, links } = this;
    const linkShare = this.linkCharacters / Math.max(1, this.text.trim().length);
    for (const text of joinLines(this.text)) this.blocks.push({ text, kind, place, linkShare, links });
    this.text = "";
    this.begun = false;
    this.linkCharacters = 0;
    this.links = 0;
  }
}
