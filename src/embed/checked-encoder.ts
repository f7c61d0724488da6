import { ModelError, OptionError } from "../errors.js";
import type { Encoder } from "../types/encoder.js";
import { option, say } from "../wording.js";

/**
 * An encoder of the caller's own, whose vectors are checked before they are used.
 *
 * @returns an encoder that throws a ModelError for anything but `texts.length` × `dimensions` of a Float32Array
 * @throws OptionError if it lacks what every encoder has
 */
export function checkedEncoder(encoder: Encoder): Encoder {
  checkFields(encoder);
  const { space, dimensions, tasks, prompts, languages, maxTokens, centre, blocks, description } = encoder;
  return {
    space,
    dimensions,
    tasks,
    prompts,
    languages,
    maxTokens,
    centre,
    blocks,
    description,
    encode: async (texts, options) => {
      const vectors: unknown = await encoder.encode(texts, options);
      checkVectors(vectors, texts.length, encoder);
      return vectors;
    },
    fit: encoder.fit && (async (batches) => checkedEncoder(await encoder.fit!(batches))),
    close: encoder.close && (() => encoder.close!()),
  };
}

function checkFields({ space, dimensions, encode }: Encoder): void {
  const lacks = (what: string) =>
    new OptionError(say`${option("encoder")} is an object ${what}.`, {
      advice: "Give what openEncoder opens, or an object with space, dimensions and encode.",
    });
  if (typeof space !== "string" || space === "")
    throw lacks("without space, a name that is the same for vectors that can be compared");
  if (!Number.isInteger(dimensions) || dimensions < 1)
    throw lacks(`whose dimensions are ${String(dimensions)}; expected a whole number from 1`);
  if (typeof encode !== "function") throw lacks("without a function encode");
}

function checkVectors(
  vectors: unknown,
  texts: number,
  { space, dimensions }: Encoder,
): asserts vectors is Float32Array {
  const expected = `${texts} × ${dimensions} = ${texts * dimensions} numbers of a Float32Array`;
  const wrong = (found: string) =>
    new ModelError(`The encoder ${space} gave ${found}; expected ${expected}.`, {
      advice: "Its encode must give each text's vector, one after the other.",
    });
  if (!(vectors instanceof Float32Array)) throw wrong(kindOf(vectors));
  if (vectors.length !== texts * dimensions) throw wrong(`${vectors.length} numbers for ${texts} texts`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  const { name } = Object(value).constructor ?? {};
  return name ? `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}` : typeof value;
}
