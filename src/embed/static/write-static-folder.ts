import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeTensors } from "../../store/arrays/write-tensors.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import { writeSumsList } from "../../store/files/sums-list.js";
import { writeWholeText } from "../../store/files/whole-file.js";
import { type TableType, tableTensors } from "./table-tensors.js";
import { writePackedTokenizer } from "./write-packed-tokenizer.js";

/** What a static encoder is made of. */
export interface StaticFolder {
  rows: number;
  dimensions: number;
  /** The table's rows from the first, one a piece of the tokenizer. */
  blocks: Iterable<Float32Array> | AsyncIterable<Float32Array>;
  /** @default "float32" */
  type?: TableType;
  /** What `tokenizer.json` shall hold. It must not cut texts: sentence-transformers would. */
  tokenizer: string;
  /** The encoder that the tokenizer comes from, for whoever reads the configuration. */
  tokenizerName: string;
  /** Further fields of the configuration: how the table was made. */
  settings?: Readonly<Record<string, unknown>>;
  /** What the folder's README.md says under its head. */
  card: string;
  /** Whether what lies there may be removed. @default false */
  replace?: boolean;
}

const CARD_HEAD = `---
library_name: model2vec
tags:
- model2vec
- sentence-transformers
- static-embeddings
---

`;

const MODULES = [
  { idx: 0, name: "0", path: ".", type: "sentence_transformers.models.StaticEmbedding" },
  { idx: 1, name: "1", path: "1_Normalize", type: "sentence_transformers.models.Normalize" },
];

/**
 * Writes an encoder's folder as Model2Vec does (Tulkens & van Dongen 2024), which sentence-transformers opens, too.
 * Its vectors are normalised, and no text is cut. `SHA256SUMS` tells later whether a file is damaged.
 *
 * @param path a folder that is not there, or empty unless it may be replaced: it is filled when all is complete
 */
export async function writeStaticFolder(path: string, folder: StaticFolder): Promise<void> {
  const { rows, dimensions, blocks, type = "float32", tokenizer, tokenizerName, settings, card } = folder;
  const { replace } = folder;
  const config = {
    model_type: "model2vec",
    architectures: ["StaticModel"],
    tokenizer_name: tokenizerName,
    ...settings,
    hidden_dim: dimensions,
    normalize: true,
    max_length: null,
    embedding_dtype: type,
  };
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const write = async (staging: string) => {
    await mkdir(join(staging, "1_Normalize"));
    const tensors = await tableTensors(type, rows, dimensions, blocks);
    await writeTensors(join(staging, "model.safetensors"), tensors);
    if (type === "int4") await writePackedTokenizer(staging, tokenizer);
    else await writeWholeText(join(staging, "tokenizer.json"), tokenizer);
    await writeWholeText(join(staging, "config.json"), json(config));
    await writeWholeText(join(staging, "modules.json"), json(MODULES));
    await writeWholeText(join(staging, "1_Normalize", "config.json"), "{}\n");
    await writeWholeText(join(staging, "README.md"), CARD_HEAD + card);
    await writeSumsList(staging);
  };
  await writeNewFolder(path, write, { replace });
}
