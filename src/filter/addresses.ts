/** Web and e-mail addresses, without the punctuation that ends a sentence after them. */
const ADDRESS =
  /(?:https?:\/\/|www\.)[^\s<>"'\u0080-\uffff]*[^\s<>"'\u0080-\uffff.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|eu|de|uk|fr|es|it|nl|ru|cn|jp|io|co)(?:\/[^\s<>"'\u0080-\uffff]*[^\s<>"'\u0080-\uffff.,;:!?)\]}])?(?![\w-])/gi;

/** Hardly any sentence has this without an address, and it is found faster. */
const MAY_BE_ADDRESS = /\.\w|:\/\//;

/** Scheme and host, or a mail address: capitals make no other one of it (RFC 3986 §6.2.2.1). */
const HOST = /^(?:https?:\/\/)?[^/]*/i;

/** No path is the same as the root (RFC 3986 §6.2.3). */
const ROOT = /(?<=^(?:https?:\/\/)?[^/]+)\/$/;

/** The addresses in a text, in the order in which they stand; each is written in one way only. */
export function addressesIn(text: string): string[] {
  if (!MAY_BE_ADDRESS.test(text)) return [];
  const found = text.match(ADDRESS) ?? [];
  return found.map((address) => address.replace(HOST, (host) => host.toLowerCase()).replace(ROOT, ""));
}
