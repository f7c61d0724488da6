/** The blocks of a text of which each line is one; blank lines are none. */
export function splitLines(text: string): string[] {
  const blocks: string[] = [];
  for (const line of text.split("\n")) {
    const block = line.trim();
    if (block !== "") blocks.push(block);
  }
  return blocks;
}
