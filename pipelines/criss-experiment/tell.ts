import type { JobEvent } from "../../src/index.js";

/** Prints what a job has to say, and no progress. */
export function tell(event: JobEvent): void {
  if (event.kind === "note" || event.kind === "warning") console.error(event.message);
}
