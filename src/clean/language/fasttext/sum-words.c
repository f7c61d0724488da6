/*
 * Adds up the vectors of a text's words. Those of words that were met before are remembered. Of others the rows are added
 * here where a pruned model has packed them, and else by JavaScript, which is told the numbers of their n-grams.
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

static const Kept ALL = {0xffffffffu, 0};

/* A slot of a table of rows, as row-table.ts has it. */
typedef struct {
  uint32_t hash, check;
  uint32_t row; /* counted from 1; 0 marks a free slot */
} Slot;

/* Rows of n-grams in the order of their numbers, then those of words, by product quantisation as quantised-matrix.ts has it. */
typedef struct {
  uint32_t parts, width;     /* of a row, and numbers of a part; the last one may have fewer */
  const uint8_t *codes;      /* parts of each row */
  const float *centroids;    /* part by part */
  const uint8_t *norm_codes; /* one for each row */
  const float *norms;
  const Slot *words;    /* which row a word has */
  uint32_t slots;       /* a power of two */
  uint32_t first_word;  /* rows before those of words */
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
  Packed packed;        /* no parts where JavaScript adds the rows */
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

/* The end of MurmurHash3, as mix.ts has it. */
static uint32_t mix(uint32_t number) {
  number = (number ^ number >> 16) * 0x85ebca6bu;
  number = (number ^ number >> 13) * 0xc2b2ae35u;
  return number ^ number >> 16;
}

static void add_packed_word(const Model *model, uint32_t hash, uint32_t check, float *sum) {
  const Packed *packed = &model->packed;
  const uint32_t mask = packed->slots - 1;
  for (uint32_t at = mix(hash ^ check * 0x9e3779b1u) & mask; packed->words[at].row != 0; at = (at + 1) & mask) {
    const Slot *slot = packed->words + at;
    if (slot->hash != hash || slot->check != check) continue;
    add_packed_row(model, packed->first_word + slot->row - 1, sum);
    return;
  }
}

static int has_row(Kept kept, uint32_t number) {
  return kept.bits >> (number & 31) & 1;
}

static uint32_t rank_of(Kept kept, uint32_t number) {
  return kept.before + __builtin_popcount(kept.bits & ((1u << (number & 31)) - 1));
}

/* Adds the rows of n-grams that are told by their numbers, or, of those that are packed, by their ranks. */
static void add_told(const Model *model, uint32_t told, float *sum) {
  if (model->packed.parts == 0) {
    if (told > 0) add_ngram_rows(told, sum);
    return;
  }
  for (uint32_t i = 0; i < told; i++) add_packed_row(model, model->numbers[i], sum);
}

/* The bytes around the word, which are written over, mark its ends as if they were characters of it. */
static void add_ngrams(const Model *model, uint8_t *start, uint8_t *end, float *sum) {
  const Kept *const table = model->kept;
  const uint32_t is_packed = model->packed.parts > 0, buckets = model->buckets;
  const int32_t maxn = model->maxn;
  uint32_t *const numbers = model->numbers;
  uint32_t told = 0;
  start[-1] = '<';
  *end = '>';
  for (const uint8_t *first = start - 1; first < end; first++) {
    if (!begins_character(*first)) continue;
    /* A mark alone says nothing of the word. */
    const int32_t minn = first < start && model->minn < 2 ? 2 : model->minn;
    uint32_t hash = HASH_START;
    const uint8_t *byte = first;
    for (int32_t characters = 1; byte <= end && characters <= maxn; characters++) {
      do hash = add_to_hash(hash, *byte++);
      while (byte <= end && !begins_character(*byte));
      if (characters < minn) continue;
      const uint32_t number = hash % buckets;
      /* Noted without a branch, which a processor would guess wrong: few n-grams have a row. */
      const Kept kept = table ? table[number >> 5] : ALL;
      numbers[told] = is_packed ? rank_of(kept, number) : number;
      told += has_row(kept, number);
      if (told < NUMBERS) continue;
      add_told(model, told, sum);
      told = 0;
    }
  }
  add_told(model, told, sum);
}

static int is_word(const Word *word, uint32_t hash, uint32_t check) {
  return word->hash == hash && word->check == check;
}

/* A new word takes the place of the one in its set that was asked for longer ago. */
static void remember(const Model *model, uint32_t slot, uint8_t *start, uint8_t *end, uint32_t hash, uint32_t check) {
  const int32_t dimensions = model->dimensions;
  float *const sum = model->sum;
  for (int32_t i = 0; i <= dimensions; i++) sum[i] = 0;
  if (model->packed.parts > 0) add_packed_word(model, hash, check, sum);
  else add_word_row(hash, check, sum);
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

/* Whether at least half of a text's bytes are small letters of ASCII. */
__attribute__((export_name("isMostlySmall"))) int is_mostly_small(const uint8_t *text, uint32_t length) {
  uint32_t small = 0, i = 0;
  for (; i + 15 < length; i += 16) {
    const v128_t letter = wasm_i8x16_sub(wasm_v128_load(text + i), wasm_i8x16_splat('a'));
    small += __builtin_popcount(wasm_i8x16_bitmask(wasm_u8x16_lt(letter, wasm_i8x16_splat(26))));
  }
  for (; i < length; i++) small += (uint8_t)(text[i] - 'a') < 26;
  return 2 * small >= length;
}
