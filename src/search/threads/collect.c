/*
 * Finds the largest products of a block, for which JavaScript would take longer than for the product itself. Sixteen
 * products at once are compared with what they have to reach, and nearly all are passed over.
 */
#include <stdint.h>
#include <wasm_simd128.h>

#define GROUP 16

/* Rows of a side, of which a block multiplies some. Seven words, as collector.ts writes them. */
typedef struct {
  uint32_t count;      /* rows of the block; what it has beyond is padding */
  uint32_t k;
  const uint32_t *at;  /* count: which rows */
  const uint32_t *ids; /* for each row its number on its side */
  float *floors;       /* count, and padding: the lowest product that a row keeps */
  float *cosines;      /* for each row its k largest products, descending; of equal ones the lower id first */
  uint32_t *indices;   /* the ids of those */
} Side;

/* The lowest product that a row keeps: no product reaches the floor of one that keeps none. */
static float floor_of(const Side *side, uint32_t i) {
  return side->k == 0 ? __builtin_inff() : side->cosines[(side->at[i] + 1) * side->k - 1];
}

/* Offers a neighbour to a row, perhaps again and then with the same product. */
static void offer(const Side *side, uint32_t i, uint32_t id, float product) {
  const uint32_t k = side->k;
  float *cosines = side->cosines + side->at[i] * k;
  uint32_t *indices = side->indices + side->at[i] * k;
  uint32_t slot = k;
  while (slot > 0 && cosines[slot - 1] < product) slot--;
  while (slot > 0 && cosines[slot - 1] == product && indices[slot - 1] > id) slot--;
  const int known = slot > 0 && cosines[slot - 1] == product && indices[slot - 1] == id;
  if (slot == k || known) return;
  for (uint32_t to = k - 1; to > slot; to--) {
    cosines[to] = cosines[to - 1];
    indices[to] = indices[to - 1];
  }
  cosines[slot] = product;
  indices[slot] = id;
  side->floors[i] = cosines[k - 1];
}

/* Of a group one product or more reaches a floor. What equals a floor is kept where its id is lower. */
static void __attribute__((noinline))
offer_group(const float *products, uint32_t row, uint32_t column, const Side *left, const Side *right) {
  const v128_t floor = wasm_f32x4_splat(left->floors[row]);
  uint32_t lefts = 0, rights = 0; /* a bit for each product that reaches the floor of its row, of its column */
#pragma clang loop unroll(full)
  for (uint32_t c = 0; c < GROUP; c += 4) {
    const v128_t four = wasm_v128_load(products + column + c);
    lefts |= wasm_i32x4_bitmask(wasm_f32x4_ge(four, floor)) << c;
    rights |= wasm_i32x4_bitmask(wasm_f32x4_ge(four, wasm_v128_load(right->floors + column + c))) << c;
  }
  if (right->count - column < GROUP) lefts &= (1u << (right->count - column)) - 1;
  for (; lefts; lefts &= lefts - 1) {
    const uint32_t c = column + __builtin_ctz(lefts);
    if (products[c] >= left->floors[row]) offer(left, row, right->ids[right->at[c]], products[c]);
  }
  for (; rights; rights &= rights - 1) {
    const uint32_t c = column + __builtin_ctz(rights);
    offer(right, c, left->ids[left->at[row]], products[c]);
  }
}

/*
 * Keeps the largest products of each row and of each column, in one pass for both sides.
 *
 * products: left->count rows of so many columns, a multiple of GROUP and no fewer than right->count
 */
__attribute__((export_name("collect"))) void
collect(const float *products, uint32_t columns, const Side *left, const Side *right) {
  for (uint32_t i = 0; i < left->count; i++) left->floors[i] = floor_of(left, i);
  for (uint32_t i = 0; i < right->count; i++) right->floors[i] = floor_of(right, i);
  for (uint32_t i = right->count; i < columns; i++) right->floors[i] = __builtin_inff();
  for (uint32_t row = 0; row < left->count; row++, products += columns) {
    v128_t floor = wasm_f32x4_splat(left->floors[row]);
    for (uint32_t column = 0; column < columns; column += GROUP) {
      v128_t reaches = wasm_i32x4_const_splat(0);
#pragma clang loop unroll(full)
      for (uint32_t c = column; c < column + GROUP; c += 4) {
        const v128_t four = wasm_v128_load(products + c);
        const v128_t lower = wasm_f32x4_pmin(floor, wasm_v128_load(right->floors + c));
        reaches = wasm_v128_or(reaches, wasm_f32x4_ge(four, lower));
      }
      if (!wasm_v128_any_true(reaches)) continue;
      offer_group(products, row, column, left, right);
      floor = wasm_f32x4_splat(left->floors[row]);
    }
  }
}

/* Without a branch, of which the processor would guess every other one wrong. */
static uint32_t is_better(float a, uint32_t a_column, float b, uint32_t b_column) {
  return (a > b) | ((a == b) & (a_column < b_column));
}

static void swap(float *values, uint32_t *columns, uint32_t a, uint32_t b) {
  const float value = values[a];
  const uint32_t column = columns[a];
  values[a] = values[b];
  columns[a] = columns[b];
  values[b] = value;
  columns[b] = column;
}

/* Moves the best `count` to the front, the worst of them last (quickselect: Hoare 1961). */
static void select_best(float *values, uint32_t *columns, uint32_t all, uint32_t count) {
  uint32_t first = 0, last = all - 1;
  const uint32_t wanted = count - 1;
  while (first < last) {
    swap(values, columns, first + (last - first) / 2, last);
    uint32_t next = first;
    const float pivot = values[last];
    const uint32_t pivot_column = columns[last];
    for (uint32_t i = first; i < last; i++) {
      const uint32_t better = is_better(values[i], columns[i], pivot, pivot_column);
      swap(values, columns, i, next);
      next += better;
    }
    swap(values, columns, next, last);
    if (next == wanted) return;
    if (next < wanted) first = next + 1;
    else last = next - 1;
  }
}

/*
 * For each row so many columns of the largest products, each less the offset of its column: the largest first, the
 * others in no order. Of equal ones those of the lower columns.
 *
 * offsets: one for each column; infinite where a column is padding
 * values, found: room for count of each row, and for count + GROUP more
 */
__attribute__((export_name("largest"))) void
largest(const float *products, uint32_t rows, uint32_t columns, const float *offsets, uint32_t count, float *values,
        uint32_t *found) {
  for (uint32_t row = 0; row < rows; row++, products += columns, values += count, found += count) {
    uint32_t held = 0;
    v128_t floor = wasm_f32x4_splat(-__builtin_inff());
    for (uint32_t column = 0; column < columns; column += GROUP) {
      v128_t reaches = wasm_i32x4_const_splat(0);
#pragma clang loop unroll(full)
      for (uint32_t c = column; c < column + GROUP; c += 4) {
        const v128_t four = wasm_f32x4_sub(wasm_v128_load(products + c), wasm_v128_load(offsets + c));
        reaches = wasm_v128_or(reaches, wasm_f32x4_gt(four, floor));
      }
      if (!wasm_v128_any_true(reaches)) continue;
      for (uint32_t c = column; c < column + GROUP; c++) {
        const float value = products[c] - offsets[c];
        values[held] = value;
        found[held] = c;
        held += value > wasm_f32x4_extract_lane(floor, 0);
      }
      if (held < 2 * count) continue;
      select_best(values, found, held, count);
      held = count;
      floor = wasm_f32x4_splat(values[count - 1]);
    }
    if (held > count) select_best(values, found, held, count);
    for (uint32_t i = 1; i < count; i++)
      if (is_better(values[i], found[i], values[0], found[0])) swap(values, found, 0, i);
  }
}
