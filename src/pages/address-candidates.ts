import type { TextPage } from "../types/pages.js";
import { addPlace } from "./add-place.js";
import { type AddressKey, addressKey } from "./address-key.js";
import type { LanguageMarks } from "./language-marks.js";

/** What of a page tells which other page it may translate. */
export type Addressed = Pick<TextPage, "url" | "hreflang">;

/** Of a key that more pages of a side have, none is taken: it tells nothing. */
const MOST_PAGES = 16;

/** Pairs of pages whose addresses differ in marks of languages alone, or of which one links to the other by `hreflang`. */
export class AddressIndex {
  /** Of each source page its keys; the second index finds pages by their whole addresses. */
  private readonly byKey = new Map<string, number[]>();
  private readonly byAddress = new Map<string, number>();
  /** By whole address, the source pages that link to it. */
  private readonly linked = new Map<string, number[]>();

  constructor(private readonly marks: LanguageMarks) {}

  addSource(page: Addressed, number: number): void {
    const key = page.url === undefined ? undefined : addressKey(page.url, this.marks);
    if (key) addPlace(this.byKey, key.page, number);
    for (const address of addressesOf(page)) addPlace(this.linked, address, number);
    const own = page.url && wholeAddress(page.url);
    if (own && !this.byAddress.has(own)) this.byAddress.set(own, number);
  }

  /** The source pages that a target page may belong to, each once, in their order. */
  sourcesOf(page: Addressed): number[] {
    const key: AddressKey | undefined = page.url === undefined ? undefined : addressKey(page.url, this.marks);
    const sameKey = (key && this.byKey.get(key.page)) ?? [];
    const own = page.url && wholeAddress(page.url);
    const linking = (own && this.linked.get(own)) || [];
    const linkedTo = addressesOf(page).flatMap((address) => this.byAddress.get(address) ?? []);
    const found = [sameKey, linking].filter((pages) => pages.length <= MOST_PAGES).flat();
    return [...new Set([...found, ...linkedTo])].sort((a, b) => a - b);
  }
}

/** The addresses that a page's links to other languages lead to. */
function addressesOf({ url, hreflang }: Addressed): string[] {
  return [...new Set(Object.values(hreflang).flatMap((link) => wholeAddress(link, url) ?? []))];
}

/** An address without its scheme and fragment; a link goes from the page's own. */
function wholeAddress(link: string, base?: string): string | undefined {
  if (!URL.canParse(link, base)) return undefined;
  const { host, pathname, search } = new URL(link, base);
  return `${host}${pathname.replace(/\/$/, "")}${search}`;
}
