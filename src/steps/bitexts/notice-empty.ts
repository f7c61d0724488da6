import type { JobListeners } from "../../events.js";
import { warning } from "../../wording.js";

/** Tells of a bitext in which nothing is, not even what could not be read. */
export function noticeEmpty(
  name: string,
  { pairs, skipped }: { pairs: number; skipped: number },
  onEvent: JobListeners["onEvent"],
): void {
  if (pairs + skipped === 0) onEvent?.(warning(`${name}: is empty; expected pairs of sentences.`));
}
