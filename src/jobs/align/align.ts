import { Aligner, type Alignment, type Span } from "../../align/aligner.js";
import { refuseUnknown } from "../../check-options.js";
import { tellTruncated } from "../../events.js";
import type { TextSource } from "../../read/input.js";
import { fitEncoder } from "../../steps/vectors/fit-encoder.js";
import { holdForBoth } from "../../steps/vectors/hold-encoder.js";
import { rowsInFiles } from "../../steps/vectors/rows-in-files.js";
import { makeTemporaryFolder } from "../../store/files/temporary-folder.js";
import { listedTexts } from "../../text/listed-texts.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import { note } from "../../wording.js";
import { alignTexts } from "./align-texts.js";
import { keptAlignments } from "./kept-alignments.js";
import {
  ALIGN_OPTIONS,
  type AlignedSentences,
  type AlignOptions,
  type AlignSummary,
  settleAlign,
} from "./options.js";
import { type DocumentLines, readDocuments } from "./read-documents.js";
import { tellSameLanguage } from "./tell-same-language.js";

/**
 * Aligns the sentences of two documents that translate each other (Vecalign: Thompson & Koehn 2019): a sentence a line, in
 * order. Gives every sentence once, in order; one without a translation stands alone. Blank lines and
 * marks of how a text is divided, such as `<P>` and `.EOA`, belong to nothing.
 *
 * Memory: both texts, their alignment, the nodes that paths go through, and the vectors of at most 4,096 sentences' blocks;
 * sums of vectors go through files in the folder for temporary ones, 4 bytes a number of each sentence's vector.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* align(
  source: TextSource,
  target: TextSource,
  options: AlignOptions = {},
): AsyncGenerator<AlignedSentences, void, undefined> {
  refuseUnknown("align", options, ALIGN_OPTIONS);
  const { maxSentences, minScore } = settleAlign(options);
  const { signal, onEvent = () => {} } = options;
  const documents = await readDocuments(source, target, options);
  const named = ({ name, texts }: DocumentLines) => ({ name, texts: listedTexts(texts) });
  await tellSameLanguage({ source: named(documents.source), target: named(documents.target) }, onEvent);
  await using held = await holdForBoth(options.encoder, options);
  const { description } = held.encoder;
  if (description) onEvent(note(description));
  const summary: AlignSummary = {
    pairs: 0,
    oneToOne: 0,
    below: 0,
    sentences: { source: documents.source.texts.length, target: documents.target.texts.length },
    alone: { source: 0, target: 0 },
    encoder: held.encoder.space,
  };
  const alignments = await alignDocuments(documents, held.encoder, { ...options, maxSentences });
  for (const alignment of keptAlignments(alignments, minScore, summary)) {
    signal?.throwIfAborted();
    const aligned = describe(alignment, documents);
    if (aligned.target === "") summary.alone.source++;
    if (aligned.source === "") summary.alone.target++;
    yield aligned;
  }
  options.onSummary?.(summary);
}

/** Sums of the vectors of longer documents go through files. */
const HELD = 16_384;

async function alignDocuments(
  documents: Record<SideName, DocumentLines>,
  given: Encoder,
  { maxSentences, signal, onEvent = () => {} }: AlignOptions & { maxSentences: number },
): Promise<Alignment[]> {
  const { source, target } = documents;
  const encoder = await fitEncoder(given, listedTexts(source.texts), listedTexts(target.texts));
  await using aligner = await Aligner.open();
  const isLong = Math.max(source.texts.length, target.texts.length) > HELD;
  await using folder = isLong ? await makeTemporaryFolder() : undefined;
  let [done, truncated] = [0, 0];
  const alignments = await alignTexts(documents, {
    encoder,
    aligner,
    maxSentences,
    openRows: folder && rowsInFiles(folder.path),
    signal,
    onTruncated: (count) => {
      truncated += count;
    },
    onEmbedded: (count) => {
      done += count;
      onEvent({ kind: "progress", stage: "embed", done, unit: "blocks" });
    },
  });
  tellTruncated(truncated, "blocks of sentences", onEvent);
  return alignments;
}

function describe(
  { source, target, cost, cosine }: Alignment,
  documents: Record<SideName, DocumentLines>,
): AlignedSentences {
  const take = <T>(list: readonly T[], { first, end }: Span) => list.slice(first, end);
  return {
    source: take(documents.source.texts, source).join(" "),
    target: take(documents.target.texts, target).join(" "),
    sourceLines: take(documents.source.lines, source),
    targetLines: take(documents.target.lines, target),
    cost,
    cosine,
  };
}
