import { ModelError } from "../../errors.js";
import { openSession, type Session, Tensor, type Tensors } from "../../runtime/session.js";
import { fromFloat16 } from "../../store/float16.js";
import type { TokenStates } from "./pooling.js";

/** What a model gives: a vector a token, or, where the exporter has put the pooling into the graph, one a text. */
export type ModelOutput = ({ kind: "tokens" } & TokenStates) | { kind: "sentences"; data: Float32Array };

/** A model that takes token numbers. */
export interface TokenModel {
  /** @param batch token numbers of each text, which are padded to `paddedLength` */
  run(batch: number[][], paddedLength: number): Promise<ModelOutput>;
  close(): Promise<void>;
}

/** Outputs by the names that exporters give them, the one that needs least of us first. */
const SENTENCE_OUTPUT = "sentence_embedding";
const TOKEN_OUTPUTS = ["token_embeddings", "last_hidden_state"];

/** What a model's inputs hold for token `i` of a text, by name; 0 in the padding. */
const INPUTS: Record<string, (token: number, i: number) => number> = {
  input_ids: (token) => token,
  attention_mask: () => 1,
  token_type_ids: () => 0,
  position_ids: (_, i) => i,
};

/** ONNX Runtime's words for a token number beyond the table of embeddings. */
const OUT_OF_RANGE = /idx=(\d+) must be within the inclusive range \[-\d+,(\d+)\]/;

/**
 * @param nameOf a token's text, for messages
 * @throws ModelError if the file is not a model, or not one of token numbers to vectors
 */
export async function openTokenModel(
  path: string,
  nameOf: (token: number) => string | null,
  threads?: number,
): Promise<TokenModel> {
  const session = await openSession(path, threads);
  const unknown = session.inputNames.filter((name) => !(name in INPUTS));
  if (unknown.length > 0 || !session.inputNames.includes("input_ids")) {
    await session.close();
    throw new ModelError(
      `${path}: the model takes ${session.inputNames.join(", ")}; expected token numbers: ${Object.keys(INPUTS).join(", ")}.`,
    );
  }
  return {
    run: async (batch, paddedLength) => {
      const outputs = await session.run(encodeInputs(session, batch, paddedLength)).catch((cause) => {
        throw new ModelError(`${path}: ${explain(cause.message, nameOf)}`, { cause });
      });
      return chooseOutput(outputs, session, path, paddedLength);
    },
    close: () => session.close(),
  };
}

function explain(message: string, nameOf: (token: number) => string | null): string {
  const [, token, last] = OUT_OF_RANGE.exec(message) ?? [];
  if (token === undefined) return `the model does not run on token numbers: ${message}`;
  return `the tokenizer gives token ${token} (${nameOf(Number(token))}), but the model knows 0 to ${last}. The folder's tokenizer and model do not belong together.`;
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

function chooseOutput(outputs: Tensors, session: Session, path: string, paddedLength: number): ModelOutput {
  const named = [SENTENCE_OUTPUT, ...TOKEN_OUTPUTS].find((output) => output in outputs);
  const name = named ?? session.outputNames[0];
  const { type, dims, data } = outputs[name] as Tensor;
  const expectedRank = name === SENTENCE_OUTPUT ? 2 : 3;
  if ((type !== "float32" && type !== "float16") || dims.length !== expectedRank) {
    throw new ModelError(
      `${path}: output ${name} is ${type} with ${dims.length} dimensions; expected floating-point vectors with ${expectedRank}: ${expectedRank === 2 ? "texts × numbers" : "texts × tokens × numbers"}.`,
    );
  }
  const values =
    type === "float16" ? Float32Array.from(data as Uint16Array, fromFloat16) : (data as Float32Array);
  if (expectedRank === 2) return { kind: "sentences", data: values };
  return { kind: "tokens", data: values, paddedLength, dimensions: dims[2] };
}
