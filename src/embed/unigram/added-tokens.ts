import type { AddedTokenJson } from "./tokenizer-json.js";

/** A stretch of text that is still to be divided, or the number of an added token that stood there. */
export type Stretch = string | number;

/** Finds added tokens, such as `<s>`, that stand in a text: the leftmost, then the longest. */
export class AddedTokens {
  readonly #pattern: RegExp | undefined;
  readonly #tokens: Map<string, AddedTokenJson>;

  /** @param tokens by what is looked for in the text */
  constructor(tokens: Map<string, AddedTokenJson>) {
    const longestFirst = [...tokens.keys()].sort((a, b) => b.length - a.length);
    this.#tokens = tokens;
    this.#pattern = tokens.size ? new RegExp(longestFirst.map(literal).join("|"), "gu") : undefined;
  }

  /** The text's stretches in order, or nothing where no token stands in it. */
  split(text: string): Stretch[] | undefined {
    if (!this.#pattern) return undefined;
    if (text.search(this.#pattern) < 0) return undefined;
    const stretches: Stretch[] = [];
    let done = 0;
    for (const match of text.matchAll(this.#pattern)) {
      const token = this.#tokens.get(match[0])!;
      const start = token.lstrip ? match.index - spacesBefore(text.slice(0, match.index)) : match.index;
      const end = match.index + match[0].length;
      if (start > done) stretches.push(text.slice(done, start));
      stretches.push(token.id);
      done = token.rstrip ? end + spacesAfter(text.slice(end)) : end;
    }
    if (done < text.length) stretches.push(text.slice(done));
    return stretches;
  }
}

function spacesBefore(text: string): number {
  let start = text.length;
  while (start > 0 && SPACE.test(text[start - 1])) start--;
  return text.length - start;
}

function spacesAfter(text: string): number {
  let end = 0;
  while (end < text.length && SPACE.test(text[end])) end++;
  return end;
}

const SPACE = /\p{White_Space}/u;

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
