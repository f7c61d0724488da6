const POWERS = Array.from({ length: 309 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * A score as `tokenizers` reads it from JSON.
 *
 * serde_json rounds twice, the digits to a double and then their quotient by a power of ten, so a number of 16 or 17 digits
 * can be one unit in the last place off what `JSON.parse` gives. Equal sums of scores are common enough that it decides.
 */
export function readScore(score: number): number {
  const [digits, exponent = "0"] = String(score).split("e");
  const point = digits.indexOf(".");
  const power = Number(exponent) - (point < 0 ? 0 : digits.length - point - 1);
  const significand = Number(digits.replace(".", ""));
  return power < 0 ? significand / POWERS[-power] : significand * POWERS[power];
}

/** Scores of pieces as `tokenizers` reads them, each read when it is first asked for: texts use few pieces of many. */
export class Scores {
  readonly #scores: Float64Array;
  readonly #isRead: Uint8Array;

  /** @param parsed what `JSON.parse` gave for each piece */
  constructor(parsed: Float64Array) {
    this.#scores = parsed;
    this.#isRead = new Uint8Array(parsed.length);
  }

  get length(): number {
    return this.#scores.length;
  }

  of(piece: number): number {
    if (this.#isRead[piece] === 0) {
      this.#scores[piece] = readScore(this.#scores[piece]);
      this.#isRead[piece] = 1;
    }
    return this.#scores[piece];
  }

  /** The lowest score. Reading changes no more than a score's last digit, so only those near the lowest are read. */
  least(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const score of this.#scores) lowest = Math.min(lowest, score);
    const near = lowest + 4 * Number.EPSILON * Math.abs(lowest);
    let least = Number.POSITIVE_INFINITY;
    for (let piece = 0; piece < this.#scores.length; piece++)
      if (this.#scores[piece] <= near) least = Math.min(least, this.of(piece));
    return least;
  }
}
