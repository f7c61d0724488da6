import { join } from "node:path";
import { refuseOthers } from "../embed/folder/known-fields.js";
import { listModules } from "../embed/folder/list-modules.js";
import { readSettings } from "../embed/folder/read-json.js";
import { ModelError } from "../errors.js";

const KNOWN = [
  "__version__",
  "model_type",
  "prompts",
  "default_prompt_name",
  "activation_fn",
  "keep_in_fp32_modules",
];

/** @throws ModelError if a cross-encoder's folder asks for what cannot be done, by the name of the file and the field */
export async function checkCrossEncoder(path: string): Promise<void> {
  await checkOwn(join(path, "config_sentence_transformers.json"));
  const kinds = (await listModules(path))?.map(({ kind }) => kind) ?? ["Transformer"];
  if (kinds.length !== 1 || kinds[0] !== "Transformer")
    throw new ModelError(
      `${join(path, "modules.json")}: lists ${kinds.join(", ")}; expected a Transformer alone, which gives the logit itself.`,
    );
  await checkLabels(join(path, "config.json"));
}

async function checkOwn(file: string): Promise<void> {
  const settings = await readSettings(file);
  refuseOthers(file, "", settings, KNOWN);
  const { model_type: kind = "CrossEncoder", prompts, default_prompt_name: name } = settings;
  if (kind !== "CrossEncoder")
    throw new ModelError(`${file}: model_type is ${JSON.stringify(kind)}; expected CrossEncoder.`);
  if (typeof name === "string" && Object(prompts)[name])
    throw new ModelError(
      `${file}: default_prompt_name puts ${JSON.stringify(Object(prompts)[name])} before every pair, which is not done here.`,
    );
}

async function checkLabels(file: string): Promise<void> {
  const { id2label, num_labels: count } = await readSettings(file);
  const labels = id2label ? Object.values<string>(Object(id2label)) : undefined;
  const found = labels?.length ?? count;
  if (found === undefined || found === 1) return;
  const named = labels ? `: ${labels.join(", ")}` : "";
  throw new ModelError(
    `${file}: is of a classifier with ${found} logits${named}; expected a cross-encoder with one, which is the pair's score.`,
    { advice: "Which of them would be a score, is not known." },
  );
}
