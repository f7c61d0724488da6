/** Web and e-mail addresses, without the punctuation that ends a sentence after them. */
const ADDRESS =
  /(?:https?:\/\/|www\.)[^\s<>"'\u0080-\uffff]*[^\s<>"'\u0080-\uffff.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|eu|de|uk|fr|es|it|nl|ru|cn|jp|io|co)(?:\/[^\s<>"'\u0080-\uffff]*[^\s<>"'\u0080-\uffff.,;:!?)\]}])?(?![\w-])/gi;

/** Hardly any sentence has this without an address, and it is found faster. */
const MAY_BE_ADDRESS = /\.\w|:\/\//;

/** The addresses in a text, in the order in which they stand. */
export function addressesIn(text: string): string[] {
  if (!MAY_BE_ADDRESS.test(text)) return [];
  return text.match(ADDRESS) ?? [];
}
