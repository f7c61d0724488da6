import type { TokenizerJson } from "../vocabulary.js";

/**
 * A Unigram tokenizer with fewer pieces, numbered anew in their old order.
 *
 * @param kept numbers of pieces, ascending; all special ones and the unknown one must be among them
 */
export function cutVocabulary(tokenizer: TokenizerJson, kept: readonly number[]): TokenizerJson {
  const { model, added_tokens: added, post_processor: processor } = tokenizer;
  const numbers = new Map(kept.map((old, number) => [old, number]));
  const renumber = (old: number) => numbers.get(old)!;
  const vocab = model?.vocab as [string, number][];
  return {
    ...tokenizer,
    model: {
      ...model,
      vocab: kept.filter((old) => old < vocab.length).map((old) => vocab[old]),
      unk_id: typeof model?.unk_id === "number" ? renumber(model.unk_id) : model?.unk_id,
    },
    added_tokens: added?.map((token) => ({ ...token, id: renumber(token.id) })),
    post_processor: renumberSpecials(processor, renumber),
  };
}

/** Special tokens in a post-processor: a template's lists of numbers, and BERT's and RoBERTa's pairs. */
// biome-ignore lint/suspicious/noExplicitAny: a part of tokenizer.json, of many kinds
function renumberSpecials(processor: any, renumber: (old: number) => number): unknown {
  if (!processor) return processor;
  const { processors, special_tokens: specials, sep, cls } = processor;
  const pair = ([token, old]: [string, number]) => [token, renumber(old)];
  return {
    ...processor,
    ...(processors && {
      processors: processors.map((inner: unknown) => renumberSpecials(inner, renumber)),
    }),
    ...(specials && {
      special_tokens: Object.fromEntries(
        Object.entries<{ ids: number[] }>(specials).map(([name, special]) => [
          name,
          { ...special, ids: special.ids.map(renumber) },
        ]),
      ),
    }),
    ...(sep && { sep: pair(sep) }),
    ...(cls && { cls: pair(cls) }),
  };
}
