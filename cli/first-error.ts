/** The error that came first, where closing what was open failed after it: `using` wraps the two in a SuppressedError. */
export function firstError(error: unknown): unknown {
  let first = error;
  while (first instanceof Error && "suppressed" in first) first = first.suppressed;
  return first;
}
