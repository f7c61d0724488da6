/** Families of the hub whose cards ask for a prompt before every text, also where both sides are alike. */
const FAMILIES: readonly { name: RegExp; prompt: string }[] = [
  // "For tasks other than retrieval": of both sides (Wang et al. 2022, 2024).
  { name: /^intfloat\/(?:multilingual-)?e5-(?:small|base|large)(?:-v2|-unsupervised)?$/, prompt: "query: " },
];

/**
 * The prompt that an encoder's card asks for, though its configuration does not.
 *
 * @param names what it is called, and what its configuration says that it was made from
 */
export function promptOfCard(...names: unknown[]): string | undefined {
  const known = names.filter((name) => typeof name === "string").map((name) => name.split("@")[0]);
  return FAMILIES.find(({ name }) => known.some((one) => name.test(one)))?.prompt;
}
