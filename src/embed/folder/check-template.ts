import { ModelError } from "../../errors.js";

/** The part of a `tokenizer.json` that says what is put around a text. */
interface PostProcessor {
  type?: unknown;
  processors?: unknown;
  single?: unknown;
  pair?: unknown;
  special_tokens?: unknown;
}

/**
 * A template that names a token it does not have would end the whole process, in the library's native code.
 *
 * @throws ModelError that names the token
 */
export function checkTemplate(
  path: string,
  { post_processor: processor }: { post_processor?: unknown },
): void {
  for (const { single, pair, special_tokens: known } of templatesOf(processor))
    for (const piece of [single, pair].flat()) {
      const id = (piece as { SpecialToken?: { id?: unknown } } | null)?.SpecialToken?.id;
      if (typeof id === "string" && !Object.hasOwn(Object(known), id))
        throw new ModelError(`${path}: its template puts ${JSON.stringify(id)} into texts, which it lacks.`, {
          advice: "Fetch or export the encoder again.",
        });
    }
}

function templatesOf(processor: unknown): PostProcessor[] {
  if (typeof processor !== "object" || processor === null) return [];
  const { type, processors } = processor as PostProcessor;
  if (type === "TemplateProcessing") return [processor];
  return Array.isArray(processors) ? processors.flatMap(templatesOf) : [];
}
