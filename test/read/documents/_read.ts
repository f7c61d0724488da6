import type { InputError } from "../../../src/errors.js";
import { type DocumentCounts, noDocuments } from "../../../src/read/documents/document-counts.js";
import type { DocumentOptions } from "../../../src/read/documents/document-options.js";
import { readDocuments } from "../../../src/read/documents/read-documents.js";
import type { Input } from "../../../src/read/input.js";
import type { TextDocument } from "../../../src/types/texts.js";

/** All documents of an input, all that is reported of it, and its counts. */
export async function read(
  input: Input,
  options: DocumentOptions = {},
): Promise<{ documents: TextDocument[]; skipped: InputError[]; counts: DocumentCounts }> {
  const documents: TextDocument[] = [];
  const skipped: InputError[] = [];
  const counts = noDocuments();
  const onSkip = (error: InputError) => skipped.push(error);
  for await (const document of readDocuments(input, { onSkip, counts, ...options })) documents.push(document);
  return { documents, skipped, counts };
}
