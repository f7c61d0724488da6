const MOST = 1000;

/** A text as a report shows it: whole, unless it is very long. */
export function shortened(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST).toWellFormed()} …`;
}
