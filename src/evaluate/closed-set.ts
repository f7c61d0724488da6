/** Whether each row chose the row of its own number; a row without a choice did not. */
export function choiceIsOwn(choices: readonly (number | undefined)[]): boolean[] {
  return choices.map((choice, row) => choice === row);
}

/** Share of true values. */
export function shareOf(hits: readonly boolean[]): number {
  return hits.filter(Boolean).length / hits.length;
}
