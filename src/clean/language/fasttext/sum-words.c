/*
 * Adds up the vectors of a text's words. Those of words that were met before are remembered; of others JavaScript adds
 * the rows, for which it is told the numbers of their n-grams here.
 */
#include <stdint.h>
#include <wasm_simd128.h>

/* A hash of a word and one more, byte by byte, as word-hash.ts takes them. */
#define HASH_START 0x811c9dc5u
#define FNV_PRIME 16777619u
#define CHECK_PRIME 0x85ebca6bu

/* Most n-grams that are told at once. */
#define NUMBERS 1024

/* Ten words of memory, as sum-memory.ts writes them. */
typedef struct {
  int32_t dimensions;
  int32_t minn, maxn;     /* fewest and most characters of an n-gram */
  uint32_t buckets;       /* n-grams are hashed to this many numbers */
  const uint32_t *kept;   /* a bit for each number that has a row; none where all have one */
  uint32_t tells_words;   /* whether JavaScript is told the hash of each word */
  uint32_t slots;         /* a power of two */
  uint32_t width;         /* words of memory of a slot */
  float *sums;            /* slots of a sum, the number of its rows, and the two hashes of its word */
  uint32_t *numbers;      /* NUMBERS */
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
      if (model->kept && !(model->kept[number >> 5] >> (number & 31) & 1)) continue;
      model->numbers[told++] = number;
      if (told < NUMBERS) continue;
      add_ngram_rows(told, sum);
      told = 0;
    }
  }
  if (told > 0) add_ngram_rows(told, sum);
}

static void add_word(const Model *model, uint8_t *start, uint8_t *end, uint32_t hash, uint32_t check, float *total) {
  const int32_t dimensions = model->dimensions;
  float *sum = model->sums + (hash & (model->slots - 1)) * model->width;
  uint32_t *hashes = (uint32_t *)(sum + dimensions + 1);
  if (hashes[0] != hash || hashes[1] != check) {
    hashes[0] = hash;
    hashes[1] = check;
    for (int32_t i = 0; i <= dimensions; i++) sum[i] = 0;
    add_word_row(hash, check, sum);
    add_ngrams(model, start, end, sum);
  }
  int32_t i = 0;
  for (; i + 3 < dimensions; i += 4)
    wasm_v128_store(total + i, wasm_f32x4_add(wasm_v128_load(total + i), wasm_v128_load(sum + i)));
  for (; i <= dimensions; i++) total[i] += sum[i];
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
