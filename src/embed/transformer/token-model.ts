import { ModelError } from "../../errors.js";
import type { Tensor, Tensors } from "../../runtime/session.js";
import type { RunsOn } from "../../types/runs-on.js";
import type { TokenStates } from "./pooling.js";
import { floatsOf, openTokenSession, runOnTokens, type TokenFacts } from "./token-session.js";

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

/** How a model is run. */
export interface RunOptions extends RunsOn {
  /** The output to take, where it is a text's vector that the modules after the Transformer go on with. */
  sentenceOutput?: string;
}

/** @throws ModelError if the file is not a model, or not one of token numbers to vectors */
export async function openTokenModel(
  path: string,
  facts: TokenFacts,
  { sentenceOutput, ...runsOn }: RunOptions = {},
): Promise<TokenModel> {
  const session = await openTokenSession(path, runsOn);
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
      const rows = batch.map((ids) => ({ ids }));
      const outputs = await runOnTokens({ session, path, facts }, rows, paddedLength);
      return readOutput(outputs, output, path, paddedLength);
    },
    close: () => session.close(),
  };
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
  const expectedRank = kind === "tokens" ? 3 : 2;
  const { data, dims } = floatsOf(outputs[name]) ?? { dims: [] };
  if (data === undefined || dims.length !== expectedRank) {
    const { type, dims } = outputs[name] as Tensor;
    throw new ModelError(
      `${path}: output ${name} is ${type} with ${dims.length} dimensions; expected floating-point vectors with ${expectedRank}: ${expectedRank === 2 ? "texts × numbers" : "texts × tokens × numbers"}.`,
    );
  }
  return kind === "tokens" ? { kind, data, paddedLength, dimensions: dims[2] } : { kind, data };
}
