const BLANK_LINES = /\n\s*\n/;

/** A line that goes on: it ends with a comma or a hyphen, or the next one begins with a small letter. */
const WITHIN_SENTENCE = /(?<=[,،、，\p{Ll}-])[^\S\n]*\n\s*(?=[\p{Ll}\d(])|(?<=\S)[^\S\n]*\n\s*(?=\p{Ll})/u;

/**
 * The blocks that stand in lines: a blank line ends one, and so does the end of a line unless the sentence goes on in
 * the next. Runs of white space become one space.
 */
export function joinLines(text: string): string[] {
  if (text.trim() === "") return [];
  if (!text.includes("\n")) return [tidy(text)];
  const blocks: string[] = [];
  for (const paragraph of text.split(BLANK_LINES)) {
    const joined = paragraph.replaceAll(new RegExp(WITHIN_SENTENCE, "gu"), " ");
    for (const line of joined.split("\n")) {
      if (line.trim() !== "") blocks.push(tidy(line));
    }
  }
  return blocks;
}

function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
