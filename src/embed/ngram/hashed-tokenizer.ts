import { hashFeatures } from "./features.js";

/** Stands in `tokenizer.json` where a table's rows are hashed words and character n-grams; only crisscross reads it. */
const TYPE = "HashedNgrams";

/** What `tokenizer.json` holds of a table of so many rows. */
export function hashedTokenizer(buckets: number): string {
  return JSON.stringify({ version: "1.0", model: { type: TYPE, buckets } });
}

/** How many rows a table of hashed features has; undefined if a `tokenizer.json` is that of a real tokenizer. */
export function bucketsOf({ model }: { model?: { type?: string; buckets?: number } }): number | undefined {
  return model?.type === TYPE ? model.buckets : undefined;
}

/** Gives each text's features, at most so many. */
export function tokenizeHashed(buckets: number, maxTokens: number) {
  return async (texts: readonly string[]) => {
    const features = texts.map((text) => hashFeatures(text, buckets));
    return {
      ids: features.map((all) => (all.length > maxTokens ? all.slice(0, maxTokens) : all)),
      truncated: features.map(({ length }) => length > maxTokens),
    };
  };
}
