import { type Abbreviations, abbreviationsOf } from "./abbreviations.js";
import { type CutMissed, openCutMissed } from "./cut-missed.js";
import { END, isFalseEnd } from "./is-false-end.js";
import { segmentByIntl } from "./segment-by-intl.js";
import { type Segment, segmentInWindows } from "./segment-in-windows.js";
import { segmentWithoutPanic } from "./segment-without-panic.js";

/** Cuts text into sentences; made once a thread. */
export interface SentenceSplitter {
  /** What finds the ends of sentences: `intl` (Intl.Segmenter) where sentencex has no binary for this machine. */
  readonly engine: "sentencex" | "intl";
  /**
   * The sentences of one line, trimmed, none of them blank, in order. Put together, but for spaces, they are the line.
   *
   * @param language as the identifier gives it
   */
  splitSentences(text: string, language: string): string[];
}

/** @param load gives the package sentencex */
export async function openSplitter(
  load: () => Promise<{ segment: Segment }> = () => import("sentencex"),
): Promise<SentenceSplitter> {
  const native = await load().catch(() => undefined);
  const byIntl = segmentByIntl();
  const segment = segmentInWindows(native ? segmentWithoutPanic(native.segment, byIntl) : byIntl);
  const known = new Map<string, Rules>();
  return {
    engine: native ? "sentencex" : "intl",
    splitSentences(text, tag) {
      const rules = known.get(tag) ?? rulesOf(tag);
      known.set(tag, rules);
      const { language, cutMissed } = rules;
      const joined = joinFalseEnds(segment(language, text), rules);
      const sentences = cutMissed ? joined.flatMap(cutMissed) : joined;
      return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
    },
  };
}

/** What a language has of its own. */
interface Rules {
  /** ISO 639, without a script. */
  language: string;
  abbreviations: Abbreviations;
  cutMissed: CutMissed | undefined;
}

function rulesOf(tag: string): Rules {
  const [language] = tag.split("-");
  return { language, abbreviations: abbreviationsOf(language), cutMissed: openCutMissed(language) };
}

function joinFalseEnds(pieces: readonly string[], { language, abbreviations }: Rules): string[] {
  const sentences: string[] = [];
  let end = "";
  for (const piece of pieces) {
    const joins = sentences.length > 0 && isFalseEnd(end, piece, language, abbreviations);
    if (joins) sentences[sentences.length - 1] += piece;
    else sentences.push(piece);
    end = ((joins ? end : "") + piece).slice(-END);
  }
  return sentences;
}
