/** The candidates of each sentence of a side: those of s are `numbers` from `starts[s]` up to `starts[s + 1]`, ascending. */
export interface CandidateGroups {
  starts: Uint32Array;
  numbers: Uint32Array;
}

/** Groups candidates by their sentence of one side. */
export function groupCandidates(sentences: Uint32Array, rows: number): CandidateGroups {
  const starts = new Uint32Array(rows + 1);
  for (const sentence of sentences) starts[sentence + 1]++;
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const next = starts.slice(0, rows);
  const numbers = new Uint32Array(sentences.length);
  for (const [candidate, sentence] of sentences.entries()) numbers[next[sentence]++] = candidate;
  return { starts, numbers };
}
