import { type ErrorWording, ModelError } from "../../errors.js";
import { openSession, type Session, Tensor, type Tensors } from "../../runtime/session.js";
import { fromFloat16s } from "../../store/arrays/float16.js";
import type { TokenStates } from "./pooling.js";

/**
 * What a model gives: a vector a token; one a text, where the model has an output for it; or, where the exporter has put
 * all modules into the graph, the sentences' vectors.
 */
export type ModelOutput =
  | ({ kind: "tokens" } & TokenStates)
  | { kind: "texts"; data: Float32Array }
  | { kind: "sentences"; data: Float32Array };

/** A model that takes token numbers. */
export interface TokenModel {
  /** @param batch token numbers of each text, which are padded to `paddedLength` */
  run(batch: number[][], paddedLength: number): Promise<ModelOutput>;
  close(): Promise<void>;
}

/** Outputs by the names that exporters give them; first the one that leaves us least to do. */
const SENTENCE_OUTPUT = "sentence_embedding";
const TOKEN_OUTPUTS = ["token_embeddings", "last_hidden_state"];

/** What a model's inputs hold for token `i` of a text, by name; 0 in the padding. */
const INPUTS: Record<string, (token: number, i: number) => number> = {
  input_ids: (token) => token,
  attention_mask: () => 1,
  token_type_ids: () => 0,
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

/** How a model is run. */
export interface RunOptions {
  /** The output to take, where it is a text's vector that the modules after the Transformer go on with. */
  sentenceOutput?: string;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** ONNX Runtime's words for a number beyond a table of embeddings, be it of tokens or of positions. */
const OUT_OF_RANGE = /idx=(\d+) must be within the inclusive range \[-\d+,(\d+)\]/;

/** @throws ModelError if the file is not a model, or not one of token numbers to vectors */
export async function openTokenModel(
  path: string,
  facts: TokenFacts,
  { sentenceOutput, threads }: RunOptions = {},
): Promise<TokenModel> {
  const session = await openSession(path, threads);
  const unknown = session.inputNames.filter((name) => !Object.hasOwn(INPUTS, name));
  if (unknown.length > 0 || !session.inputNames.includes("input_ids")) {
    await session.close();
    throw new ModelError(
      `${path}: the model takes ${session.inputNames.join(", ")}; expected token numbers: ${Object.keys(INPUTS).join(", ")}.`,
    );
  }
  const output = chooseOutput(session.outputNames, sentenceOutput);
  if (output === undefined) {
    await session.close();
    throw new ModelError(
      `${path}: has no output ${sentenceOutput}, which the folder's method_output_name asks for; it has ${session.outputNames.join(", ")}.`,
      { advice: "Export it with pipelines/export-onnx.py." },
    );
  }
  return {
    run: async (batch, paddedLength) => {
      const outputs = await session.run(encodeInputs(session, batch, paddedLength)).catch((cause) => {
        const { problem, advice } = explain(cause.message, batch, paddedLength, facts);
        throw new ModelError(`${path}: ${problem}`, { advice, cause });
      });
      return readOutput(outputs, output, path, paddedLength);
    },
    close: () => session.close(),
  };
}

function explain(message: string, batch: number[][], length: number, facts: TokenFacts): ErrorWording {
  const { nameOf, maxTokens, positions } = facts;
  const [number, last] = (OUT_OF_RANGE.exec(message) ?? []).slice(1).map(Number);
  const isTooLong = positions !== undefined && length > positions;
  if (number !== undefined && !isTooLong && batch.some((tokens) => tokens.includes(number)))
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

function encodeInputs(session: Session, batch: number[][], paddedLength: number): Tensors {
  const encode = (name: string) => {
    const values = new Float64Array(batch.length * paddedLength);
    for (const [row, tokens] of batch.entries())
      for (const [i, token] of tokens.entries()) values[row * paddedLength + i] = INPUTS[name](token, i);
    const shape = [batch.length, paddedLength];
    return session.inputType(name) === "int32"
      ? new Tensor("int32", Int32Array.from(values), shape)
      : new Tensor("int64", BigInt64Array.from(values as unknown as number[], BigInt), shape);
  };
  return Object.fromEntries(session.inputNames.map((name) => [name, encode(name)]));
}

interface ChosenOutput {
  name: string;
  kind: ModelOutput["kind"];
}

function chooseOutput(names: readonly string[], sentenceOutput?: string): ChosenOutput | undefined {
  if (names.includes(SENTENCE_OUTPUT)) return { name: SENTENCE_OUTPUT, kind: "sentences" };
  if (sentenceOutput === undefined)
    return { name: TOKEN_OUTPUTS.find((output) => names.includes(output)) ?? names[0], kind: "tokens" };
  return names.includes(sentenceOutput) ? { name: sentenceOutput, kind: "texts" } : undefined;
}

function readOutput(
  outputs: Tensors,
  { name, kind }: ChosenOutput,
  path: string,
  paddedLength: number,
): ModelOutput {
  const { type, dims, data } = outputs[name] as Tensor;
  const expectedRank = kind === "tokens" ? 3 : 2;
  if ((type !== "float32" && type !== "float16") || dims.length !== expectedRank) {
    throw new ModelError(
      `${path}: output ${name} is ${type} with ${dims.length} dimensions; expected floating-point vectors with ${expectedRank}: ${expectedRank === 2 ? "texts × numbers" : "texts × tokens × numbers"}.`,
    );
  }
  const values = type === "float16" ? fromFloat16s(data as Uint16Array) : (data as Float32Array);
  return kind === "tokens"
    ? { kind, data: values, paddedLength, dimensions: dims[2] }
    : { kind, data: values };
}
