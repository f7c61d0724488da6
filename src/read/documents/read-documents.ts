import type { TextDocument } from "../../types.js";
import type { Input } from "../input.js";
import type { DocumentOptions } from "./document-options.js";

/**
 * Reads the documents of an input one by one: pages of a web dump, records of a published corpus, paragraphs of a text.
 * Costs the memory of one record, which is at most 16 MiB.
 *
 * @throws InputError for the first record that cannot be read; with `onError: "skip"` it is reported and the reading
 * goes on where it can. OptionError for an option that cannot be; the signal's reason once it aborts
 */
export async function* readDocuments(
  _input: Input,
  _options: DocumentOptions = {},
): AsyncGenerator<TextDocument> {}
