/**
 * Model2Vec cuts a text to as many characters as its longest input would have if every piece had the median length,
 * before it is tokenised.
 *
 * @param pieces of the tokenizer; asked for once, by the first text that may be cut
 * @param maxTokens the longest input; infinite where nothing is cut
 */
export function cutCharacters(pieces: () => readonly string[], maxTokens: number): (text: string) => string {
  let longest: number | undefined;
  return (text) => {
    // A piece has at least one character.
    if (text.length <= maxTokens) return text;
    longest ??= maxTokens * medianLength(pieces());
    return text.length <= longest ? text : Array.from(text).slice(0, longest).join("");
  };
}

function medianLength(pieces: readonly string[]): number {
  const lengths = Uint32Array.from(pieces, (piece) => Array.from(piece).length).sort();
  const middle = Math.floor(lengths.length / 2);
  return lengths.length % 2 === 1 ? lengths[middle] : Math.floor((lengths[middle - 1] + lengths[middle]) / 2);
}
