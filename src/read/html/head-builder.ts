import type { PageHead } from "../../types/texts.js";
import type { Attributes } from "./elements.js";

/** A title of more characters is no title; so much of it is kept. */
const MAX_TITLE_CHARACTERS = 1000;

/** So many links to the same page in other languages are kept. */
const MAX_ALTERNATES = 200;

/** Takes the title of a page, and its links to the same page in other languages, out of what a parser meets. */
export class HeadBuilder {
  private title: string | undefined;
  private isInTitle = false;
  /** How many drawings are open: the titles in them are not the page's. */
  private drawings = 0;
  private readonly alternates = new Map<string, string>();

  open(name: string, attributes: Attributes): void {
    if (name === "svg") this.drawings++;
    else if (name === "title") this.isInTitle = this.title === undefined && this.drawings === 0;
    else if (name === "link") this.addLink(attributes);
  }

  close(name: string): void {
    if (name === "svg") this.drawings--;
    else if (name === "title") this.isInTitle = false;
  }

  add(text: string): void {
    if (this.isInTitle && (this.title ?? "").length < MAX_TITLE_CHARACTERS)
      this.title = (this.title ?? "") + text;
  }

  finish(): PageHead {
    const title = this.title?.replace(/\s+/g, " ").trim().slice(0, MAX_TITLE_CHARACTERS);
    return { title: title || undefined, alternates: Object.fromEntries(this.alternates) };
  }

  /** `<link rel="alternate" hreflang="fr" href="…">`; `x-default` names no language. */
  private addLink({ rel = "", hreflang, href }: Attributes): void {
    const code = hreflang?.trim().toLowerCase();
    if (!code || code === "x-default" || !href?.trim() || this.alternates.size >= MAX_ALTERNATES) return;
    if (/(?:^|\s)alternate(?:$|\s)/i.test(rel) && !this.alternates.has(code))
      this.alternates.set(code, href.trim());
  }
}
