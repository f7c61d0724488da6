import { existsSync } from "node:fs";
import { join } from "node:path";
import { OptionError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import { note, option, say } from "../../wording.js";
import { OUTPUTS } from "./names.js";

export interface LossOptions {
  /** Whether files of other languages may go. */
  force?: boolean;
  onEvent(event: JobEvent): void;
}

/** So many languages are named. */
const NAMED = 10;

/**
 * Sees to it that no language's sentences of an earlier run go unasked: to be called before anything is removed.
 *
 * @param languages those that are written now
 * @throws OptionError that names those that would go
 */
export function refuseLoss(
  run: RunFolder,
  languages: readonly string[],
  { force, onEvent }: LossOptions,
): void {
  const written = (run.keyOf(OUTPUTS)?.names ?? []) as string[];
  const before = new Set(written.filter((name) => existsSync(join(run.path, name))).map(languageOf));
  const isWritten = (one: string) => languages.some((other) => one === other || one.startsWith(`${other}-`));
  const lost = [...before].filter((one) => !isWritten(one)).sort();
  if (lost.length === 0) return;
  const files = lost.length === 1 ? "one language" : `${lost.length} languages`;
  const named = `${lost.slice(0, NAMED).join(", ")}${lost.length > NAMED ? " …" : ""}`;
  if (force) {
    onEvent(note(`the files of ${files} go, which this run does not write: ${named}`));
    return;
  }
  throw new OptionError(
    `${run.path}: holds sentences of ${files} that this run does not write, and whose files would go: ${named}.`,
    { advice: say`Name another folder, or give ${option("force", true)} to let them go.` },
  );
}

/** `de-00001.jsonl.zst` is of `de`. */
const languageOf = (name: string) => name.split(".")[0].replace(/-\d{5,}$/, "");
