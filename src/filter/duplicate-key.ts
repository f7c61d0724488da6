/** What makes two pairs duplicates of each other: both texts together, or one side's. */
export const DUPLICATES_OF = ["pair", "source", "target"] as const;
/** What of a pair must not come again: both texts together, or one side's. */
export type DuplicatesOf = (typeof DUPLICATES_OF)[number];

/**
 * What two pairs that are duplicates have in common.
 *
 * @param keyOf what a text is compared by
 */
export function duplicateKey(
  of: DuplicatesOf,
  { source, target }: { source: string; target: string },
  keyOf: (text: string) => string,
): string {
  if (of === "source") return keyOf(source);
  if (of === "target") return keyOf(target);
  return `${keyOf(source)}\0${keyOf(target)}`;
}
