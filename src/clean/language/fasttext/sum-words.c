/*
 * Adds up the vectors of a text's words. Those of words that were met before are remembered. Of others JavaScript adds
 * the rows, for which it is told the numbers of their n-grams here; those of n-grams that a pruned model has packed are
 * added here.
 */
#include <stdint.h>
#include <wasm_simd128.h>

/* A hash of a word and one more, byte by byte, as word-hash.ts takes them. */
#define HASH_START 0x811c9dc5u
#define FNV_PRIME 16777619u
#define CHECK_PRIME 0x85ebca6bu

/* Most n-grams that are told at once. */
#define NUMBERS 1024

/* Centroids of each part of a packed row. */
#define CENTROIDS 256

/* 32 numbers of n-grams. */
typedef struct {
  uint32_t bits;   /* one for each number that has a row */
  uint32_t before; /* how many lower numbers have one */
} Kept;

/* Rows of n-grams in the order of their numbers, by product quantisation as quantised-matrix.ts has it. */
typedef struct {
  uint32_t parts, width;     /* of a row, and numbers of a part; the last one may have fewer */
  const uint8_t *codes;      /* parts of each row */
  const float *centroids;    /* part by part */
  const uint8_t *norm_codes; /* one for each row */
  const float *norms;
} Packed;

/* A word whose sum is remembered in the slot of the same number. */
typedef struct {
  float rows; /* how many the sum is of */
  uint32_t hash, check;
  uint32_t recent; /* in the first of a set, which of the two was asked for last */
} Word;

/* Words of memory, as sum-memory.ts writes them. */
typedef struct {
  int32_t dimensions;
  int32_t minn, maxn;   /* fewest and most characters of an n-gram */
  uint32_t buckets;     /* n-grams are hashed to this many numbers */
  const Kept *kept;     /* none where all numbers have a row */
  uint32_t tells_words; /* whether JavaScript is told the hash of each word */
  uint32_t sets;        /* a power of two; each has two slots */
  uint32_t width;       /* words of memory of a slot */
  float *sums;          /* of the slots */
  Word *words;          /* of the slots */
  float *sum;           /* of a word that is new, and its number of rows */
  uint32_t *numbers;    /* NUMBERS */
  Packed packed;        /* no parts where JavaScript adds the rows of n-grams */
} Model;

/* Adds the row of a word to a sum, if it has one. */
__attribute__((import_name("addWord"))) void add_word_row(uint32_t hash, uint32_t check, float *sum);
/* Adds the rows of so many n-grams, whose numbers are told. */
__attribute__((import_name("addNgrams"))) void add_ngram_rows(uint32_t count, float *sum);
__attribute__((import_name("tellWord"))) void tell_word(uint32_t hash);

static uint32_t add_to_hash(uint32_t hash, uint8_t byte) {
  return (hash ^ (uint32_t)(int8_t)byte) * FNV_PRIME;
}

static uint32_t add_to_check(uint32_t check, uint8_t byte) {
  return ((check << 5 | check >> 27) ^ byte) * CHECK_PRIME;
}

/* Whether a byte parts words for fastText: a space, a zero, or one of \t \n \v \f \r. */
static int is_space(uint8_t byte) {
  return byte <= ' ' && 0x100003e01ull >> byte & 1;
}

static int begins_character(uint8_t byte) {
  return (byte & 0xc0) != 0x80;
}

static int begins_with(const uint8_t *text, const char *expected) {
  while (*expected != 0 && *text == (uint8_t)*expected) text++, expected++;
  return *expected == 0;
}

static void add_packed_row(const Model *model, uint32_t row, float *sum) {
  const Packed *packed = &model->packed;
  const uint32_t dimensions = model->dimensions;
  const uint8_t *codes = packed->codes + row * packed->parts;
  const float norm = packed->norms[packed->norm_codes[row]];
  if (packed->width == 2 && dimensions % 4 == 0) {
    const v128_t norms = wasm_f32x4_splat(norm);
    for (uint32_t start = 0; start < dimensions; start += 4, codes += 2) {
      const float *centroids = packed->centroids + start * CENTROIDS;
      const v128_t two = wasm_v128_load64_zero(centroids + 2 * codes[0]);
      const v128_t four = wasm_v128_load64_lane(centroids + 2 * CENTROIDS + 2 * codes[1], two, 1);
      wasm_v128_store(sum + start, wasm_f32x4_add(wasm_v128_load(sum + start), wasm_f32x4_mul(norms, four)));
    }
    sum[dimensions]++;
    return;
  }
  for (uint32_t start = 0; start < dimensions; start += packed->width) {
    const uint32_t left = dimensions - start, size = packed->width < left ? packed->width : left;
    const float *centroid = packed->centroids + start * CENTROIDS + *codes++ * size;
    for (uint32_t i = 0; i < size; i++) sum[start + i] += norm * centroid[i];
  }
  sum[dimensions]++;
}

/* The bytes around the word, which are written over, mark its ends as if they were characters of it. */
static void add_ngrams(const Model *model, uint8_t *start, uint8_t *end, float *sum) {
  uint32_t told = 0;
  start[-1] = '<';
  *end = '>';
  for (const uint8_t *first = start - 1; first <= end; first++) {
    if (!begins_character(*first)) continue;
    uint32_t hash = HASH_START;
    const uint8_t *byte = first;
    for (int32_t characters = 1; byte <= end && characters <= model->maxn; characters++) {
      do hash = add_to_hash(hash, *byte++);
      while (byte <= end && !begins_character(*byte));
      /* A mark alone says nothing of the word. */
      const int is_mark = characters == 1 && (first == start - 1 || byte == end + 1);
      if (characters < model->minn || is_mark) continue;
      const uint32_t number = hash % model->buckets;
      if (model->kept) {
        const Kept kept = model->kept[number >> 5];
        const uint32_t bit = 1u << (number & 31);
        if (!(kept.bits & bit)) continue;
        if (model->packed.parts > 0) {
          add_packed_row(model, kept.before + __builtin_popcount(kept.bits & (bit - 1)), sum);
          continue;
        }
      }
      model->numbers[told++] = number;
      if (told < NUMBERS) continue;
      add_ngram_rows(told, sum);
      told = 0;
    }
  }
  if (told > 0) add_ngram_rows(told, sum);
}

static int is_word(const Word *word, uint32_t hash, uint32_t check) {
  return word->hash == hash && word->check == check;
}

/* A new word takes the place of the one in its set that was asked for longer ago. */
static void remember(const Model *model, uint32_t slot, uint8_t *start, uint8_t *end, uint32_t hash, uint32_t check) {
  const int32_t dimensions = model->dimensions;
  float *const sum = model->sum;
  for (int32_t i = 0; i <= dimensions; i++) sum[i] = 0;
  add_word_row(hash, check, sum);
  add_ngrams(model, start, end, sum);
  for (int32_t i = 0; i < dimensions; i++) model->sums[slot * model->width + i] = sum[i];
  Word *word = model->words + slot;
  word->rows = sum[dimensions];
  word->hash = hash;
  word->check = check;
}

static void add_word(const Model *model, uint8_t *start, uint8_t *end, uint32_t hash, uint32_t check, float *total) {
  const int32_t dimensions = model->dimensions;
  uint32_t slot = 2 * (hash & (model->sets - 1));
  Word *const set = model->words + slot;
  const uint32_t known = is_word(set, hash, check) ? 0 : is_word(set + 1, hash, check) ? 1 : 2;
  set->recent = known == 2 ? 1 - set->recent : known;
  slot += set->recent;
  if (known == 2) remember(model, slot, start, end, hash, check);
  const float *sum = model->sums + slot * model->width;
  int32_t i = 0;
  for (; i + 3 < dimensions; i += 4)
    wasm_v128_store(total + i, wasm_f32x4_add(wasm_v128_load(total + i), wasm_v128_load(sum + i)));
  for (; i < dimensions; i++) total[i] += sum[i];
  total[dimensions] += model->words[slot].rows;
}

/*
 * Makes the total of a text's words, and of their number of rows behind it.
 *
 * text: UTF-8, with a byte before and behind it, which are written over
 */
__attribute__((export_name("addUp"))) void
add_up(const Model *model, uint8_t *text, uint32_t length, float *total) {
  uint8_t *const end = text + length;
  *end = 0;
  for (int32_t i = 0; i <= model->dimensions; i++) total[i] = 0;
  for (uint8_t *start = text; start < end; start++) {
    uint32_t hash = HASH_START, check = 0;
    uint8_t *at = start;
    for (; !is_space(*at); at++) {
      hash = add_to_hash(hash, *at);
      check = add_to_check(check, *at);
    }
    if (at > start) {
      /* The end of a line as a word. */
      if (at - start == 4 && begins_with(start, "</s>")) break;
      /* Names of classes are no words. */
      if (!begins_with(start, "__label__")) {
        add_word(model, start, at, hash, check, total);
        if (model->tells_words) tell_word(hash);
      }
    }
    start = at;
  }
}
