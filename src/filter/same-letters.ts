import { foldCase } from "../text/case-folds.js";
import { classOf, LETTER } from "./characters.js";

/**
 * Whether two texts have the same letters in the same order, whatever their case and all other characters. Letters are
 * Unicode's Alphabetic, and so not those of `copyKey`: vowel signs are among them, the tone marks of Thai are not.
 */
export function haveSameLetters(a: string, b: string): boolean {
  const [ours, theirs] = [new FoldedLetters(a), new FoldedLetters(b)];
  for (;;) {
    const letter = ours.next();
    if (letter !== theirs.next()) return false;
    if (letter === undefined) return true;
  }
}

/** The letters of a text, one after the other, without their case: `ß` gives two. */
class FoldedLetters {
  private at = 0;
  private folded = "";

  constructor(private readonly text: string) {}

  next(): string | undefined {
    if (this.folded === "") this.folded = this.fold();
    const [letter] = this.folded;
    this.folded = this.folded.slice(letter?.length);
    return letter;
  }

  private fold(): string {
    while (this.at < this.text.length) {
      const code = this.text.codePointAt(this.at)!;
      this.at += code > 0xffff ? 2 : 1;
      if (classOf(code) & LETTER) return foldCase(String.fromCodePoint(code));
    }
    return "";
  }
}
