import { UnitNumbers } from "../text/unit-numbers.js";

/**
 * Characters of the longest run that stands in both.
 *
 * The table of matches that end at each two places is filled only where the characters are the same, which in texts is a
 * small part of it. Time: the number of such places, at most the product of the lengths; memory: the second one's length.
 *
 * @param a, b code points
 */
export function longestCommonSubstring(a: Uint32Array, b: Uint32Array): number {
  let longest = 0;
  const { last, before } = chainPlaces(b);
  /** Of each place of b, from 1: how long the match is that ends there, and for which place of a, from 1, that was. */
  const length = new Uint32Array(b.length + 1);
  const endsAt = new Uint32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    // From the last place on, so that the one before it is still that of the character before.
    for (let j = last[numbers.of(a[i - 1])]; j > 0; j = before[j]) {
      length[j] = i > 1 && endsAt[j - 1] === i - 1 ? length[j - 1] + 1 : 1;
      endsAt[j] = i;
      if (length[j] > longest) longest = length[j];
    }
  }
  return longest;
}

const numbers = new UnitNumbers();

/**
 * For each character's number its last place, and for each place the one before it of the same character; from 1, 0 is
 * none.
 */
function chainPlaces(text: Uint32Array): { last: Uint32Array; before: Uint32Array } {
  numbers.begin();
  const last = new Uint32Array(text.length + 1);
  const before = new Uint32Array(text.length + 1);
  for (let j = 1; j <= text.length; j++) {
    const number = numbers.add(text[j - 1]);
    before[j] = last[number];
    last[number] = j;
  }
  return { last, before };
}
