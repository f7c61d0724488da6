import { stripVTControlCharacters } from "node:util";
import type { JobEvent } from "../../../../events.js";
import { openNew } from "../../../../store/files/part.js";
import { type ProgramEnd, type ProgramOptions, runProgram } from "./run-program.js";

export interface LoggedOptions extends Omit<ProgramOptions, "onLine"> {
  /** The file that keeps what the program prints; one that is there is written over. */
  log: string;
  onEvent: (event: JobEvent) => void;
}

/** How a program ended, and the last lines that it printed. */
export interface LoggedEnd extends ProgramEnd {
  lines: string[];
}

const LINES_KEPT = 10;
/** Characters of a line that are shown as progress. */
const DETAIL_LENGTH = 80;

/** Runs a program; its lines go to the log, and each is shown while it is the last. */
export async function runLogged(
  words: readonly string[],
  { variables, log: path, signal, onEvent }: LoggedOptions,
): Promise<LoggedEnd> {
  const log = await openNew(path);
  const lines: string[] = [];
  let done = 0;
  const onLine = async (raw: string) => {
    const line = stripVTControlCharacters(raw).trimEnd();
    if (line === "") return;
    done++;
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    const detail = line.trimStart().slice(0, DETAIL_LENGTH);
    onEvent({ kind: "progress", stage: "train", done, unit: "lines", detail });
    await log.appendFile(`${line}\n`);
  };
  try {
    return { ...(await runProgram(words, { variables, onLine, signal })), lines };
  } finally {
    await log.close();
  }
}
