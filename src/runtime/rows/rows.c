/*
 * What is done with rows of vectors where they lie: they are made comparable, become codes, and are multiplied exactly. All
 * sums run in one fixed order in float64, so that every result is the same to the last bit as JavaScript's.
 */
#include <stdint.h>
#include <wasm_simd128.h>

/* Rows that are summed side by side: each sum waits for its last addition. */
#define LANES 4

/* How far a row's squared length may be from its target for the row to stay as it is. */
#define TOLERANCE 1e-5

/* Where the first number is that is not finite; `count` if all are. */
__attribute__((export_name("firstNotFinite"))) uint32_t first_not_finite(const float *values, uint32_t count) {
  const v128_t exponent = wasm_i32x4_const_splat(0x7f800000);
  uint32_t i = 0;
  for (; i + 3 < count; i += 4) {
    const v128_t bits = wasm_v128_and(wasm_v128_load(values + i), exponent);
    if (wasm_v128_any_true(wasm_i32x4_eq(bits, exponent))) break;
  }
  while (i < count && __builtin_isfinite(values[i])) i++;
  return i;
}

static int is_zero(const float *row, uint32_t width) {
  uint32_t i = 0;
  const v128_t zero = wasm_f32x4_const_splat(0);
  for (; i + 3 < width; i += 4)
    if (wasm_v128_any_true(wasm_f32x4_ne(wasm_v128_load(row + i), zero))) return 0;
  while (i < width && row[i] == 0) i++;
  return i == width;
}

/*
 * Subtracts a mean from the rows that are not zeros.
 *
 * rows: count of so many numbers, `stride` numbers from one to the next
 */
__attribute__((export_name("subtract"))) void
subtract(float *rows, uint32_t count, uint32_t stride, uint32_t width, const double *mean) {
  for (float *row = rows; row < rows + count * stride; row += stride) {
    if (is_zero(row, width)) continue;
    for (uint32_t i = 0; i < width; i++) row[i] = (float)((double)row[i] - mean[i]);
  }
}

static void scale_row(float *row, uint32_t width, double squares, double length) {
  if (squares == 0 || __builtin_fabs(squares - length * length) <= TOLERANCE * length * length) return;
  const double scale = length / __builtin_sqrt(squares);
  for (uint32_t i = 0; i < width; i++) row[i] = (float)((double)row[i] * scale);
}

/* Gives rows a length; those of zeros stay, and those that nearly have it. */
__attribute__((export_name("scale"))) void
scale(float *rows, uint32_t count, uint32_t stride, uint32_t width, double length) {
  for (uint32_t first = 0; first < count; first += LANES) {
    float *lanes[LANES];
    double squares[LANES] = {0};
    for (uint32_t lane = 0; lane < LANES; lane++)
      lanes[lane] = rows + (first + lane < count ? first + lane : first) * stride;
    for (uint32_t i = 0; i < width; i++)
#pragma clang loop unroll(full)
      for (uint32_t lane = 0; lane < LANES; lane++) squares[lane] += (double)lanes[lane][i] * (double)lanes[lane][i];
    for (uint32_t lane = 0; lane < LANES && first + lane < count; lane++)
      scale_row(lanes[lane], width, squares[lane], length);
  }
}

/* The code of a value that is multiplied and clipped already: rounded, halves up. */
static v128_t round_four(v128_t low, v128_t high, v128_t steps, v128_t half) {
  const v128_t least = wasm_f64x2_neg(steps);
  low = wasm_f64x2_pmax(wasm_f64x2_pmin(low, steps), least);
  high = wasm_f64x2_pmax(wasm_f64x2_pmin(high, steps), least);
  const v128_t lows = wasm_i32x4_trunc_sat_f64x2_zero(wasm_f64x2_add(low, half));
  const v128_t highs = wasm_i32x4_trunc_sat_f64x2_zero(wasm_f64x2_add(high, half));
  return wasm_i64x2_shuffle(lows, highs, 0, 2);
}

static v128_t upper_half(v128_t four) { return wasm_i64x2_shuffle(four, four, 1, 1); }

/*
 * Values as 8-bit codes: multiplied, clipped to so many steps either way, rounded to whole numbers, halves up, and moved to
 * where the code of 0 is.
 *
 * values, codes: count, and room for 16 more, of which values may be anything
 */
__attribute__((export_name("quantise"))) void
quantise(const float *values, uint32_t count, double scale, double steps, int32_t zero, uint8_t *codes) {
  const v128_t scales = wasm_f64x2_splat(scale), most = wasm_f64x2_splat(steps), half = wasm_f64x2_splat(steps + 0.5);
  const v128_t moved = wasm_i32x4_splat(zero - (int32_t)steps), byte = wasm_i16x8_const_splat(255);
  for (uint32_t i = 0; i < count; i += 16) {
    v128_t rounded[4];
#pragma clang loop unroll(full)
    for (uint32_t part = 0; part < 4; part++) {
      const v128_t four = wasm_v128_load(values + i + 4 * part);
      const v128_t low = wasm_f64x2_promote_low_f32x4(four);
      const v128_t high = wasm_f64x2_promote_low_f32x4(upper_half(four));
      const v128_t codes = round_four(wasm_f64x2_mul(low, scales), wasm_f64x2_mul(high, scales), most, half);
      rounded[part] = wasm_i32x4_add(codes, moved);
    }
    const v128_t first = wasm_v128_and(wasm_i16x8_narrow_i32x4(rounded[0], rounded[1]), byte);
    const v128_t last = wasm_v128_and(wasm_i16x8_narrow_i32x4(rounded[2], rounded[3]), byte);
    wasm_v128_store(codes + i, wasm_u8x16_narrow_i16x8(first, last));
  }
}

/*
 * The inner product of a row with each of some others, as dot.ts sums it: its four running sums are two pairs of lanes.
 *
 * others: where they are; found: room for count, in whole lanes
 */
__attribute__((export_name("dots"))) void
dots(const float *row, const float *const *others, uint32_t count, uint32_t dimensions, float *found) {
  for (uint32_t first = 0; first < count; first += LANES) {
    const float *lanes[LANES];
    v128_t lows[LANES], highs[LANES];
    for (uint32_t lane = 0; lane < LANES; lane++) {
      lanes[lane] = others[first + lane < count ? first + lane : first];
      lows[lane] = highs[lane] = wasm_f64x2_const_splat(0);
    }
    uint32_t i = 0;
    for (; i + 3 < dimensions; i += 4) {
      const v128_t a = wasm_v128_load(row + i);
      const v128_t a_low = wasm_f64x2_promote_low_f32x4(a), a_high = wasm_f64x2_promote_low_f32x4(upper_half(a));
#pragma clang loop unroll(full)
      for (uint32_t lane = 0; lane < LANES; lane++) {
        const v128_t b = wasm_v128_load(lanes[lane] + i);
        const v128_t low = wasm_f64x2_mul(a_low, wasm_f64x2_promote_low_f32x4(b));
        const v128_t high = wasm_f64x2_mul(a_high, wasm_f64x2_promote_low_f32x4(upper_half(b)));
        lows[lane] = wasm_f64x2_add(lows[lane], low);
        highs[lane] = wasm_f64x2_add(highs[lane], high);
      }
    }
    for (uint32_t lane = 0; lane < LANES; lane++) {
      double sum = wasm_f64x2_extract_lane(lows[lane], 0);
      for (uint32_t last = i; last < dimensions; last++) sum += (double)row[last] * (double)lanes[lane][last];
      const double ends = wasm_f64x2_extract_lane(highs[lane], 0) + wasm_f64x2_extract_lane(highs[lane], 1);
      found[first + lane] = (float)(sum + wasm_f64x2_extract_lane(lows[lane], 1) + ends);
    }
  }
}
