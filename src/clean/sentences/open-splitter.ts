/** Cuts text into sentences; made once a thread. */
export interface SentenceSplitter {
  /** What finds the ends of sentences: `intl` where the optional package sentencex cannot be loaded. */
  readonly engine: "sentencex" | "intl";
  /**
   * The sentences of one block, trimmed, none of them blank, in order.
   *
   * @param language as the identifier gives it
   */
  splitSentences(text: string, language: string): string[];
}

export async function openSplitter(): Promise<SentenceSplitter> {
  throw new Error("not written yet");
}
