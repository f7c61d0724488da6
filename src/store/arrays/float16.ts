const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** IEEE 754 binary16 of a number, as its 16 bits, rounded to nearest, ties to even. */
export function toFloat16(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // From 65520 on, numbers round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Below 2⁻¹⁴ the result is subnormal: steps of 2⁻²⁴.
  if (magnitude < 0x38800000) return sign | roundToEven(Math.abs(value) * 2 ** 24);
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The number that 16 bits of IEEE 754 binary16 stand for. */
export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let table: Float32Array | undefined;

/** The number that each half stands for, by its 16 bits. Memory: 256 KiB, once. */
export function float16Table(): Float32Array {
  table ??= makeTable();
  return table;
}

/** The numbers that many halves stand for. */
export function fromFloat16s(halves: Uint16Array): Float32Array {
  const numberOf = float16Table();
  const numbers = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) numbers[i] = numberOf[halves[i]];
  return numbers;
}

/** Numbers from 2⁻¹⁴ on have the same bits as float32, with a fraction 13 bits longer and an exponent that begins 112 later. */
function makeTable(): Float32Array {
  const bits = new Uint32Array(2 ** 16);
  const numbers = new Float32Array(bits.buffer);
  for (let half = 0; half < bits.length; half++) {
    const exponent = half & 0x7c00;
    if (exponent === 0 || exponent === 0x7c00) numbers[half] = fromFloat16(half);
    else bits[half] = ((half & 0x8000) << 16) | (((half & 0x7fff) << 13) + (112 << 23));
  }
  return numbers;
}
