/** Web and e-mail addresses, without the punctuation that ends a sentence after them. */
const ADDRESS =
  /(?:https?:\/\/|www\.)[^\s<>"'“”«»]*[^\s<>"'“”«».,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|eu|de|uk|fr|es|it|nl|ru|cn|jp|io|co)(?:\/[^\s<>"'“”«»]*[^\s<>"'“”«».,;:!?)\]}])?(?![\w-])/gi;

/** The addresses in a text, in the order in which they stand. */
export function addressesIn(text: string): string[] {
  if (!text.includes(".")) return [];
  return text.match(ADDRESS) ?? [];
}
