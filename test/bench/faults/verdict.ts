import { CrisscrossError } from "../../../src/errors.js";

/**
 * What came of a fault: nothing that matters (`fine`), an error that says what is wrong (`refused`), or one of those that
 * must not be: other content without a word (`silent`), an exception that is not ours (`trace`), no end (`hang`), the end
 * of the process (`crash`), more memory than its bound (`memory`), files that should be gone (`litter`).
 */
export type Verdict = "fine" | "refused" | Failure;
export const FAILURES = ["silent", "trace", "hang", "crash", "memory", "litter"] as const;
export type Failure = (typeof FAILURES)[number];

/** A verdict, and what shows why. */
export interface Judgement {
  verdict: Verdict;
  detail: string;
}

/** Longer messages are no sentence for people: 2,000 characters, and what to do. */
const LONGEST_MESSAGE = 2500;

/** What an error says is wrong is told; what else was thrown is a bug. */
export function judgeError(error: unknown): Judgement {
  const { name, message, stack } = error as Error;
  if (!(error instanceof CrisscrossError)) return { verdict: "trace", detail: `${stack ?? error}` };
  const isSentence = message.length <= LONGEST_MESSAGE && /[.!?)"…]$/.test(message) && !hasControls(message);
  const speaksOfUs = /\bundefined\b|\[object |Cannot read propert|is not a function|is not iterable/.test(
    message,
  );
  if (!isSentence || speaksOfUs) return { verdict: "trace", detail: `no sentence: ${name}: ${message}` };
  return { verdict: "refused", detail: message };
}

/** Judges what a command line printed and how it ended; whether its outputs are right is another matter. */
export function judgeRun(code: number | null, stderr: string): Judgement {
  if (/this is a bug|^\s+at \S+ \(|Node\.js v\d/m.test(stderr)) return { verdict: "trace", detail: stderr };
  if (code === 0) return { verdict: "fine", detail: "" };
  if (code === null) return { verdict: "crash", detail: stderr };
  if (!/crisscross: .+/.test(stderr) || hasControls(stderr)) return { verdict: "trace", detail: stderr };
  return { verdict: "refused", detail: stderr };
}

/** Control characters could steer a terminal. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\0-\x09\x0b-\x1f\x7f\x80-\x9f]/.test(text);
}
