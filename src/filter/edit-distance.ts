/**
 * How many parts must be inserted, left out or replaced to make `b` of `a` (Levenshtein 1966), by bit vectors of 32
 * parts (Myers 1999; Hyyrö 2003).
 */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0) return b.length;
  const words = Math.ceil(a.length / 32);
  const places = placesOf(a, words);
  const none = new Int32Array(words);
  const rising = new Int32Array(words).fill(-1);
  const falling = new Int32Array(words);
  const last = 1 << ((a.length - 1) % 32);
  let distance = a.length;
  for (const part of b) {
    const equal = places.get(part) ?? none;
    let carriedUp = 1;
    let carriedDown = 0;
    for (let w = 0; w < words; w++) {
      const up = rising[w];
      const down = falling[w];
      const match = equal[w] | carriedDown;
      const vertical = equal[w] | down;
      const sum = (match & up) + up;
      const horizontal = (sum ^ up) | match;
      let over = down | ~(horizontal | up);
      let under = up & horizontal;
      if (w === words - 1) {
        if (over & last) distance++;
        if (under & last) distance--;
      }
      const nextUp = over >>> 31;
      const nextDown = under >>> 31;
      over = (over << 1) | carriedUp;
      under = (under << 1) | carriedDown;
      carriedUp = nextUp;
      carriedDown = nextDown;
      rising[w] = under | ~(vertical | over);
      falling[w] = over & vertical;
    }
  }
  return distance;
}

/** For each part the places where it stands, a bit a place. */
function placesOf(parts: readonly string[], words: number): Map<string, Int32Array> {
  const places = new Map<string, Int32Array>();
  for (const [i, part] of parts.entries()) {
    let bits = places.get(part);
    if (!bits) {
      bits = new Int32Array(words);
      places.set(part, bits);
    }
    bits[i >> 5] |= 1 << (i & 31);
  }
  return places;
}
