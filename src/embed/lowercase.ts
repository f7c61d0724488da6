import type { TokenizerJson } from "./vocabulary.js";

/**
 * A tokenizer that lower-cases before all else, as sentence-transformers makes one for `do_lower_case`: the special
 * tokens in a text stay as they are.
 */
export function lowerCased<T extends TokenizerJson>(tokenizer: T): T {
  const { normalizer } = tokenizer;
  const steps = stepsOf(normalizer);
  if (steps.some(({ type }) => type === "Lowercase")) return tokenizer;
  return { ...tokenizer, normalizer: { type: "Sequence", normalizers: [{ type: "Lowercase" }, ...steps] } };
}

interface Normalizer {
  type?: string;
  normalizers?: Normalizer[];
}

function stepsOf(normalizer: unknown): Normalizer[] {
  const step = normalizer as Normalizer | null | undefined;
  if (!step) return [];
  return step.type === "Sequence" ? (step.normalizers ?? []) : [step];
}
