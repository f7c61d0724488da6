import { checkOneOf } from "../../check-values.js";
import { type ErrorWording, ModelError } from "../../errors.js";
import { type OnnxValue, openSession, type Session, Tensor, type Tensors } from "../../runtime/session.js";
import { openSessionTeam } from "../../runtime/session-team/session-team.js";
import { fromFloat16s } from "../../store/arrays/float16.js";
import { DEVICES } from "../../types/device.js";
import type { RunsOn } from "../../types/runs-on.js";

/** The tokens of an input: one text's, or a pair's. */
export interface TokenRow {
  ids: readonly number[];
  /** Which of two texts each token is of, as the model's tokenizer counts them. @default 0 */
  types?: readonly number[];
}

/** What a model's inputs hold for token `i` of a row, by name; 0 in the padding. */
const INPUTS: Record<string, (row: TokenRow, i: number) => number> = {
  input_ids: ({ ids }, i) => ids[i],
  attention_mask: () => 1,
  token_type_ids: ({ types }, i) => types?.[i] ?? 0,
  position_ids: (_, i) => i,
};

/** What is known of a folder's tokens, to explain a failure by. */
export interface TokenFacts {
  nameOf(token: number): string | null;
  /** The longest input. */
  maxTokens: number;
  /** How many tokens the model has positions for, where its configuration tells. */
  positions?: number;
}

/** A model that is ready to run, and what its messages say. */
export interface TokenSession {
  session: Session;
  path: string;
  facts: TokenFacts;
}

/** ONNX Runtime's words for a number beyond a table of embeddings, be it of tokens or of positions. */
const OUT_OF_RANGE = /idx=(\d+) must be within the inclusive range \[-\d+,(\d+)\]/;

/** @throws ModelError if the file is not a model, or not one of token numbers, or cannot run there; OptionError for no device */
export async function openTokenSession(
  path: string,
  { threads, device = "cpu" }: RunsOn = {},
): Promise<Session> {
  checkOneOf("device", device, DEVICES);
  const session =
    device === "cpu" ? await openSessionTeam(path, threads) : await openSession(path, threads, device);
  const unknown = session.inputNames.filter((name) => !Object.hasOwn(INPUTS, name));
  if (unknown.length === 0 && session.inputNames.includes("input_ids")) return session;
  await session.close();
  throw new ModelError(
    `${path}: the model takes ${session.inputNames.join(", ")}; expected token numbers: ${Object.keys(INPUTS).join(", ")}.`,
  );
}

/**
 * Runs a model.
 *
 * @param batch rows that are padded to `paddedLength`
 * @throws ModelError if the model does not take them
 */
export async function runOnTokens(
  { session, path, facts }: TokenSession,
  batch: readonly TokenRow[],
  paddedLength: number,
): Promise<Tensors> {
  return await session.run(encodeInputs(session, batch, paddedLength)).catch((cause) => {
    const { problem, advice } = explain(cause.message, batch, paddedLength, facts);
    throw new ModelError(`${path}: ${problem}`, { advice, cause });
  });
}

/** An output's numbers as float32, and its shape; nothing where it holds none of floating point. */
export function floatsOf(output: OnnxValue): { data: Float32Array; dims: readonly number[] } | undefined {
  const { type, dims, data } = output as Tensor;
  if (type === "float16") return { data: fromFloat16s(data as Uint16Array), dims };
  return type === "float32" ? { data: data as Float32Array, dims } : undefined;
}

function explain(
  message: string,
  batch: readonly TokenRow[],
  length: number,
  facts: TokenFacts,
): ErrorWording {
  const { nameOf, maxTokens, positions } = facts;
  const [number, last] = (OUT_OF_RANGE.exec(message) ?? []).slice(1).map(Number);
  const isTooLong = positions !== undefined && length > positions;
  if (number !== undefined && !isTooLong && batch.some(({ ids }) => ids.includes(number)))
    return {
      problem: `the tokenizer gives token ${number} (${nameOf(number)}), but the model knows 0 to ${last}: the folder's tokenizer and model do not belong together.`,
    };
  if (number !== undefined || isTooLong)
    return {
      problem: `the model has positions for ${positions ?? last + 1} tokens, but a text has ${length}: max_seq_length allows ${maxTokens}.`,
      advice: `Set max_seq_length to ${positions ?? last + 1} or less in sentence_bert_config.json.`,
    };
  return { problem: `the model does not run on token numbers: ${message}` };
}

function encodeInputs(session: Session, batch: readonly TokenRow[], paddedLength: number): Tensors {
  const encode = (name: string) => {
    const values = new Float64Array(batch.length * paddedLength);
    for (const [row, tokens] of batch.entries())
      for (let i = 0; i < tokens.ids.length; i++) values[row * paddedLength + i] = INPUTS[name](tokens, i);
    const shape = [batch.length, paddedLength];
    return session.inputType(name) === "int32"
      ? new Tensor("int32", Int32Array.from(values), shape)
      : new Tensor("int64", BigInt64Array.from(values as unknown as number[], BigInt), shape);
  };
  return Object.fromEntries(session.inputNames.map((name) => [name, encode(name)]));
}
