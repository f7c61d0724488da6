import { Aligner, type Alignment, type Span } from "../../align/aligner.js";
import { SharedWords } from "../../align/shared-words.js";
import { refuseUnknown } from "../../check-options.js";
import { checkNumbers, checkWhole } from "../../check-values.js";
import { tellTruncated } from "../../events.js";
import type { TextSource } from "../../read/input.js";
import { embedBlocks } from "../../steps/vectors/embed-blocks.js";
import { fitEncoder } from "../../steps/vectors/fit-encoder.js";
import { holdEncoder } from "../../steps/vectors/hold-encoder.js";
import { listedTexts } from "../../text/listed-texts.js";
import type { SideName } from "../../types/texts.js";
import { note } from "../../wording.js";
import { ALIGN_OPTIONS, type AlignedSentences, type AlignOptions, type AlignSummary } from "./options.js";
import { type DocumentLines, readDocuments } from "./read-documents.js";
import { tellSameLanguage } from "./tell-same-language.js";

/**
 * Aligns the sentences of two documents that translate each other (Vecalign: Thompson & Koehn 2019): a sentence a line, in
 * order. Gives every sentence once, in order; one without a translation stands alone. Blank lines belong to nothing.
 *
 * Memory: both texts, the vectors of all sentences, and those of the blocks of at most 4,096 of them.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* align(
  source: TextSource,
  target: TextSource,
  options: AlignOptions = {},
): AsyncGenerator<AlignedSentences, void, undefined> {
  refuseUnknown("align", options, ALIGN_OPTIONS);
  const { maxSentences = 8, minScore, signal, onEvent = () => {} } = options;
  checkWhole({ maxSentences }, { least: 2, most: 16 });
  checkNumbers({ minScore }, "a number from -1 to 1", (value) => value >= -1 && value <= 1);
  const documents = await readDocuments(source, target, options);
  await tellSameLanguage(documents, onEvent);
  await using held = await holdEncoder(options.encoder, options);
  const { description } = held.encoder;
  if (description) onEvent(note(description));
  const alignments = await alignDocuments(documents, held.encoder, { ...options, maxSentences });
  const summary: AlignSummary = {
    pairs: 0,
    oneToOne: 0,
    below: 0,
    sentences: { source: documents.source.texts.length, target: documents.target.texts.length },
    alone: { source: 0, target: 0 },
    encoder: held.encoder.space,
  };
  for (const alignment of alignments) {
    signal?.throwIfAborted();
    for (const kept of keptOf(alignment, minScore, summary)) {
      count(kept, summary);
      yield describe(kept, documents);
    }
  }
  options.onSummary?.(summary);
}

async function alignDocuments(
  { source, target }: Record<SideName, DocumentLines>,
  given: AlignOptions["encoder"] & object,
  { maxSentences, signal, onEvent = () => {} }: AlignOptions & { maxSentences: number },
): Promise<Alignment[]> {
  const encoder = await fitEncoder(given, listedTexts(source.texts), listedTexts(target.texts));
  const words = new SharedWords(source.texts, target.texts);
  const longest = maxSentences - 1;
  let [done, truncated] = [0, 0];
  const embedSide = (side: SideName, { texts, name }: DocumentLines) =>
    embedBlocks(texts, {
      encoder,
      side,
      longest,
      words,
      name,
      signal,
      onTruncated: (count) => {
        truncated += count;
      },
      onEmbedded: (count) => {
        done += count;
        onEvent({ kind: "progress", stage: "embed", done, unit: "blocks" });
      },
    });
  const [left, right] = [await embedSide("source", source), await embedSide("target", target)];
  await using aligner = await Aligner.open();
  const alignments = await aligner.align(left, right, { maxSentences, signal });
  tellTruncated(truncated, "blocks of sentences", onEvent);
  return alignments;
}

/** An alignment; or, if it is below the least score, each of its sentences alone. */
function keptOf(
  alignment: Alignment,
  minScore: number | undefined,
  summary: AlignSummary,
): readonly Alignment[] {
  if (minScore === undefined || !(alignment.cosine < minScore)) return [alignment];
  summary.below++;
  const { source, target } = alignment;
  const alone = { cost: 0, cosine: Number.NaN };
  const none = (at: number) => ({ first: at, end: at });
  return [
    ...singlesOf(source).map((span) => ({ source: span, target: none(target.first), ...alone })),
    ...singlesOf(target).map((span) => ({ source: none(source.end), target: span, ...alone })),
  ];
}

const singlesOf = ({ first, end }: Span): Span[] =>
  Array.from({ length: end - first }, (_, i) => ({ first: first + i, end: first + i + 1 }));

function count({ source, target }: Alignment, summary: AlignSummary): void {
  const [x, y] = [source.end - source.first, target.end - target.first];
  if (x > 0 && y > 0) summary.pairs++;
  else {
    summary.alone.source += x;
    summary.alone.target += y;
  }
  if (x === 1 && y === 1) summary.oneToOne++;
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
