import { UnitNumbers } from "./unit-numbers.js";

/**
 * How many units must be inserted, left out or replaced to make `b` of `a` (Levenshtein 1966), by bit vectors of 32
 * units (Myers 1999; Hyyrö 2003). Units are numbers: code points, or the numbers of words.
 */
export function editDistance(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0) return b.length;
  const words = Math.ceil(a.length / 32);
  const bits = placesOf(a, words);
  const rising = new Int32Array(words).fill(-1);
  const falling = new Int32Array(words);
  const last = 1 << ((a.length - 1) % 32);
  let distance = a.length;
  for (let j = 0; j < b.length; j++) {
    const row = numbers.of(b[j]) * words;
    let carriedUp = 1;
    let carriedDown = 0;
    for (let w = 0; w < words; w++) {
      const up = rising[w];
      const down = falling[w];
      const equal = bits[row + w];
      const match = equal | carriedDown;
      const horizontal = (((match & up) + up) ^ up) | match;
      const over = down | ~(horizontal | up);
      const under = up & horizontal;
      if (w === words - 1) {
        if (over & last) distance++;
        if (under & last) distance--;
      }
      const over1 = (over << 1) | carriedUp;
      const vertical = equal | down;
      rising[w] = (under << 1) | carriedDown | ~(vertical | over1);
      falling[w] = over1 & vertical;
      carriedUp = over >>> 31;
      carriedDown = under >>> 31;
    }
  }
  return distance;
}

const numbers = new UnitNumbers();

/** For each unit a row of bits by its number, one a place where it stands; row 0, of all others, has none. */
function placesOf(units: Uint32Array, words: number): Int32Array {
  numbers.begin();
  for (const unit of units) numbers.add(unit);
  const bits = new Int32Array((numbers.count + 1) * words);
  for (let i = 0; i < units.length; i++) bits[numbers.of(units[i]) * words + (i >> 5)] |= 1 << (i & 31);
  return bits;
}
