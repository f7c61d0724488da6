import { basename, resolve } from "node:path";
import { appendDense, type DenseLayer } from "../../../embed/folder/append-dense.js";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { openFolder } from "../../../embed/open-folder.js";
import { linkFolder } from "../../../store/files/link-folder.js";
import { writeNewFolder } from "../../../store/files/new-folder.js";
import { writeSumsList } from "../../../store/files/sums-list.js";
import type { AdapterGroup } from "../../../train/adapter/adapter-training.js";

export interface AdaptedEncoder {
  /** dimensions × dimensions: a centred row vector x becomes x · matrix. */
  matrix: Float32Array;
  /** The mean that is subtracted first. */
  mean: Float64Array;
  /** What the start is called. */
  from: string;
  /** Every option that the layer depends on. */
  choices: object;
  groups: readonly AdapterGroup[];
  steps: number;
}

/** Writes an encoder's folder: the start's files, linked, and the layer; what lies there is replaced. */
export async function writeAdapted(
  output: string,
  start: string,
  { matrix, mean, from, choices, groups, steps }: AdaptedEncoder,
): Promise<void> {
  const encoder = await readEncoderFolder(start);
  const inputs = encoder.truncateDimensions === undefined ? mean.length : await wholeSize(start);
  const name = basename(resolve(from));
  const pairs = groups.map(({ name, source }) => ({ name, count: source.rows.length }));
  const write = async (staging: string) => {
    await linkFolder(start, staging);
    await appendDense(encoder, staging, {
      layer: toLayer(matrix, mean, inputs),
      settings: { training: { from: name, ...choices, pairs, steps } },
      card: cardOf(basename(output), name, { languages: pairs.length, steps }),
    });
    await writeSumsList(staging);
  };
  await writeNewFolder(output, write, { replace: true });
}

/** The vectors' size before the folder cuts them. */
async function wholeSize(folder: string): Promise<number> {
  const { model } = await openFolder(folder);
  await model.close?.();
  return model.dimensions;
}

/** (x − m) · M as W · x + b: W is the transpose of M, b = −W · m; what is cut off of x has no weight. */
function toLayer(matrix: Float32Array, mean: Float64Array, inputs: number): DenseLayer {
  const outputs = mean.length;
  const weight = new Float32Array(outputs * inputs);
  const bias = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    for (let i = 0; i < outputs; i++) {
      weight[output * inputs + i] = matrix[i * outputs + output];
      sum -= matrix[i * outputs + output] * mean[i];
    }
    bias[output] = sum;
  }
  return { inputs, outputs, weight, bias };
}

function cardOf(
  name: string,
  start: string,
  { languages, steps }: { languages: number; steps: number },
): string {
  return `# ${name}

${start} with a linear layer at its end, trained by crisscross on mined pairs of ${languages} ${languages === 1 ? "pair of languages" : "pairs of languages"}, ${steps} steps.
All other weights are those of ${start}. Its vectors are better compared with each side's mean subtracted. Every option is
in config.json, under training.

sentence-transformers opens this folder if it opens ${start}; a Transformer's with
\`SentenceTransformer(folder, backend="onnx")\`, since its PyTorch weights are not here.
The layer is a folder of its own, which modules.json names; it may be put behind those weights, too.
`;
}
