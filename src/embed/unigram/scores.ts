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
