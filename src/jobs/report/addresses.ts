/** What an address of a page looks like; only such are made links. */
const ADDRESS = /^https?:\/\/[^\s/?#]+[^\s]*$/i;

/** The first address of a text in which several may stand; undefined where it does not begin with one. */
export function firstAddress(text: string): string | undefined {
  const [first] = text.trim().split(/\s+/, 1);
  return ADDRESS.test(first) ? first : undefined;
}

/** The host of an address, without `www.`, port and user; undefined where it has none. */
export function hostOf(address: string): string | undefined {
  const host = /^https?:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)/i.exec(address)?.[1];
  return host?.toLowerCase();
}
