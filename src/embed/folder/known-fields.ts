import { ModelError } from "../../errors.js";

/**
 * The fields of sentence-transformers' configuration files that are understood, be it that they have no effect. The
 * folder's README tells what becomes of each.
 */
export const KNOWN_FIELDS = {
  "modules.json": ["idx", "name", "path", "type", "kwargs"],
  "config_sentence_transformers.json": [
    "__version__",
    "model_type",
    "prompts",
    "default_prompt_name",
    "similarity_fn_name",
    "truncate_dim",
  ],
  "sentence_bert_config.json": [
    "max_seq_length",
    "do_lower_case",
    "transformer_task",
    "modality_config",
    "module_output_name",
    "processing_kwargs",
    "processor_kwargs",
    "tokenizer_args",
    "tokenizer_name_or_path",
    "config_kwargs",
    "config_args",
    "model_kwargs",
    "model_args",
    "cache_dir",
    "unpad_inputs",
    "query_length",
    "document_length",
    "query_expansion",
  ],
  "router_config.json": ["types", "structure", "parameters"],
  Pooling: [
    "embedding_dimension",
    "word_embedding_dimension",
    "pooling_mode",
    "include_prompt",
    "pooling_mode_cls_token",
    "pooling_mode_max_tokens",
    "pooling_mode_mean_tokens",
    "pooling_mode_mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens",
    "pooling_mode_lasttoken",
  ],
  Dense: [
    "in_features",
    "out_features",
    "bias",
    "activation_function",
    "module_input_name",
    "module_output_name",
    "use_residual",
  ],
  Normalize: ["module_input_name", "module_output_name"],
  LayerNorm: ["dimension"],
} as const;

/**
 * A field that nothing is known of may change vectors, so it is refused.
 *
 * @param what as what the fields are known, by its name in `KNOWN_FIELDS`
 * @throws ModelError that names the file and the field
 */
export function checkFields(
  path: string,
  fields: Readonly<Record<string, unknown>>,
  what: keyof typeof KNOWN_FIELDS,
): void {
  const known: readonly string[] = KNOWN_FIELDS[what];
  refuseOthers(path, "", fields, known);
}

/**
 * The same for an object within a file.
 *
 * @param within where the object is in the file, such as `processing_kwargs.text`
 */
export function refuseOthers(
  path: string,
  within: string,
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new ModelError(
    `${path}: has the field ${within && `${within}.`}${unknown}, which is unknown; expected ${known.join(", ")}.`,
    { advice: "Remove it if the encoder's vectors do not depend on it." },
  );
}
