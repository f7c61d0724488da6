import { readInputSettings } from "../embed/folder/input-settings.js";
import { openPairTokenizer } from "../embed/tokenizer.js";
import { mapTokenBatches, type TokenBatch } from "../embed/transformer/token-batches.js";
import { floatsOf, runOnTokens, type TokenSession } from "../embed/transformer/token-session.js";
import { ModelError } from "../errors.js";
import type { Tensor } from "../runtime/session.js";
import { readActivation } from "./activation.js";
import { checkCrossEncoder } from "./check-cross-encoder.js";
import type { Measures, OpenedModel } from "./opened-model.js";
import { refuseChat } from "./refuse-chat.js";
import type { Rescorer } from "./rescorer.js";

/** What exporters call the output. */
export const LOGITS = ["logits", "scores"];

/**
 * A cross-encoder: both texts in one input, one logit, and the folder's activation of it, as `CrossEncoder.predict` of
 * sentence-transformers gives it.
 *
 * @throws ModelError if the folder asks for what cannot be done
 */
export async function openCrossEncoder(opened: OpenedModel): Promise<Measures> {
  const { folder, input, session, modelPath, tokenizerPath } = opened;
  await checkCrossEncoder(folder);
  await refuseChat(input, "sequence-classification");
  const activation = await readActivation(folder);
  const { maxTokens, positions, changes, cut, specialTokens, cutsFirst } = await readInputSettings(
    input,
    "sequence-classification",
  );
  if (!specialTokens || cutsFirst)
    throw new ModelError(
      `${input.module || folder}: processing_kwargs asks for pairs without special tokens, or of which the first text alone is cut; expected neither.`,
    );
  const tokenizer = openPairTokenizer(tokenizerPath, { maxTokens, cut, changes });
  const { nameOf } = tokenizer;
  const model: TokenSession = { session, path: modelPath, facts: { nameOf, maxTokens, positions } };
  const output = LOGITS.find((name) => session.outputNames.includes(name))!;

  const measure: Rescorer["measure"] = async (pairs, { signal, onMeasured, onTruncated } = {}) => {
    const { ids, types, truncated } = await tokenizer.tokenize(pairs);
    onTruncated?.(truncated.filter(Boolean).length);
    const lengths = ids.map(({ length }) => length);
    const values = new Float32Array(pairs.length);
    const measureBatch = async ({ rows, paddedLength }: TokenBatch): Promise<number> => {
      const batch = rows.map((row) => ({ ids: ids[row], types: types[row] }));
      const outputs = await runOnTokens(model, batch, paddedLength);
      const logits = readLogits(outputs[output] as Tensor, output, { rows: rows.length, modelPath });
      for (const [i, row] of rows.entries()) values[row] = logits[i];
      return rows.length;
    };
    for await (const measured of mapTokenBatches(lengths, measureBatch, signal)) onMeasured?.(measured);
    return values;
  };
  const cuts = cut === "left" ? cut : undefined;
  return {
    parts: ["logit"],
    settings: { maxTokens, lowerCase: changes.lowerCase, cut: cuts, tokenizer: changes.parts },
    says: `cross-encoder · ${activation.name.toLowerCase()} of its logit · ${Number.isFinite(maxTokens) ? `at most ${maxTokens} tokens a pair` : "pairs of any length"}`,
    measure,
    scoreOf: ([logit]) => activation.apply(logit),
  };
}

function readLogits(
  tensor: Tensor,
  output: string,
  { rows, modelPath }: { rows: number; modelPath: string },
): Float32Array {
  const { data, dims } = floatsOf(tensor) ?? { dims: tensor.dims };
  const isOne = dims.length === 1 || (dims.length === 2 && dims[1] === 1);
  if (data !== undefined && isOne && data.length === rows) return data;
  throw new ModelError(
    `${modelPath}: output ${output} is ${tensor.type} of ${dims.join(" × ")} for ${rows === 1 ? "one pair" : `${rows} pairs`}; expected one logit each: a classifier of several classes gives no one score.`,
  );
}
