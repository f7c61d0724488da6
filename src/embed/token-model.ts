import { ModelError } from "../errors.js";
import { openSession, type Session, Tensor, type Tensors } from "../runtime/session.js";
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

/** @throws ModelError if the file is not a model, or not one of token numbers to vectors */
export async function openTokenModel(path: string, threads?: number): Promise<TokenModel> {
  const session = await openSession(path, threads);
  return {
    run: async (batch, paddedLength) => {
      const inputs = encodeInputs(session, batch, paddedLength);
      const outputs = await session.run(inputs).catch((cause) => {
        throw new ModelError(
          `${path}: the model does not run on token numbers (it takes ${session.inputNames.join(", ")}): ${cause.message}`,
          { cause },
        );
      });
      return chooseOutput(outputs, session, path, paddedLength);
    },
    close: () => session.close(),
  };
}

function encodeInputs(session: Session, batch: number[][], paddedLength: number): Tensors {
  const shape = [batch.length, paddedLength];
  const ids = new BigInt64Array(batch.length * paddedLength);
  const mask = new BigInt64Array(ids.length);
  for (const [row, tokens] of batch.entries()) {
    for (const [i, token] of tokens.entries()) {
      ids[row * paddedLength + i] = BigInt(token);
      mask[row * paddedLength + i] = 1n;
    }
  }
  return {
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
    ...(session.inputNames.includes("token_type_ids") && {
      token_type_ids: new Tensor("int64", new BigInt64Array(ids.length), shape),
    }),
  };
}

function chooseOutput(outputs: Tensors, session: Session, path: string, paddedLength: number): ModelOutput {
  const named = [SENTENCE_OUTPUT, ...TOKEN_OUTPUTS].find((output) => output in outputs);
  const name = named ?? session.outputNames[0];
  const tensor = outputs[name] as Tensor;
  const expectedRank = name === SENTENCE_OUTPUT ? 2 : 3;
  if (tensor.type !== "float32" || tensor.dims.length !== expectedRank) {
    throw new ModelError(
      `${path}: output ${name} is ${tensor.type} with ${tensor.dims.length} dimensions; expected float32 vectors, ${expectedRank === 2 ? "texts × dimensions" : "texts × tokens × dimensions"}.`,
    );
  }
  const data = tensor.data as Float32Array;
  if (expectedRank === 2) return { kind: "sentences", data };
  return { kind: "tokens", data, paddedLength, dimensions: tensor.dims[2] };
}
