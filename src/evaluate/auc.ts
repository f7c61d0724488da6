/**
 * The area under the ROC curve: the chance that a positive has a higher score than a negative, a tie being half a chance
 * (Mann & Whitney 1947). NaN where one of both is missing.
 */
export function areaUnderCurve(scores: readonly number[], labels: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
  let [positives, rankSum] = [0, 0];
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && scores[order[end]] === scores[order[first]]) end++;
    // Ranks from 1; those that tie share their mean.
    const rank = (first + 1 + end) / 2;
    for (const item of order.slice(first, end)) {
      if (!labels[item]) continue;
      positives++;
      rankSum += rank;
    }
    first = end;
  }
  const negatives = scores.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
