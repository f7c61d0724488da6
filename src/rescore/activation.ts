import { join } from "node:path";
import { ACTIVATIONS } from "../embed/folder/activations.js";
import { readSettings } from "../embed/folder/read-json.js";
import { ModelError } from "../errors.js";

/** What makes a score of a logit. */
export interface Activation {
  name: string;
  apply: (logit: number) => number;
}

/** What sentence-transformers does with one logit where the folder does not say. */
const DEFAULT = "torch.nn.modules.activation.Sigmoid";
/** An activation of the folder's own is code. */
const PYTORCH = "torch.";

/**
 * The activation of a cross-encoder's folder, wherever the versions of sentence-transformers have put it.
 *
 * @throws ModelError if it is none that is known, by the name of the file
 */
export async function readActivation(path: string): Promise<Activation> {
  const [own, model] = ["config_sentence_transformers.json", "config.json"].map((file) => join(path, file));
  const settings = await readSettings(own);
  const config = await readSettings(model);
  const places = [
    [own, "activation_fn", settings.activation_fn],
    [model, "sentence_transformers.activation_fn", Object(config.sentence_transformers).activation_fn],
    [model, "sbert_ce_default_activation_function", config.sbert_ce_default_activation_function],
  ] as const;
  const [file, field, given] = places.find(([, , value]) => value !== undefined && value !== null) ?? [
    model,
    "activation_fn",
    DEFAULT,
  ];
  const name = String(given).split(".").at(-1)!;
  if (String(given).startsWith(PYTORCH) && Object.hasOwn(ACTIVATIONS, name))
    return { name, apply: ACTIVATIONS[name] };
  throw new ModelError(
    `${file}: ${field} is ${JSON.stringify(given)}; expected one of PyTorch's: ${Object.keys(ACTIVATIONS).join(", ")}.`,
  );
}
