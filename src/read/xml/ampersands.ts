/** What may contain an ampersand that begins no entity, and how it ends. */
const ENDS: Readonly<Record<string, string>> = { "<![CDATA[": "]]>", "<!--": "-->", "<?": "?>" };

const TOKEN = /<!\[CDATA\[|<!--|<\?|\]\]>|-->|\?>|&/g;
const ENTITY = /[\p{L}_:][\p{L}\p{N}_:.-]*;|#\d+;|#x[\da-f]+;/iuy;

/** Longer than any name of an entity, and than any token that two pieces may share. */
const HELD = 64;

export interface Parsable {
  text: string;
  bare: boolean;
}

/**
 * Looks for ampersands that begin no entity: the XML parser would search everything that follows for the end of a name,
 * and report a line far behind.
 */
export class Ampersands {
  private held = "";
  /** What ends the stretch in which an ampersand is a character. */
  private end?: string;

  /**
   * Takes the next piece of a document.
   *
   * @returns what may be parsed, without what only the next piece can tell; `bare` where an ampersand follows that is one
   */
  take(piece: string): Parsable {
    const text = this.held + piece;
    return this.look(text, Math.max(0, text.length - HELD));
  }

  /** What is left to be parsed after the last piece. */
  takeRest(): Parsable {
    return this.look(this.held, this.held.length);
  }

  /** Looks at a text, up to where nothing that follows can change what is found. */
  private look(text: string, safe: number): Parsable {
    let upTo = safe;
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(text); found && found.index < safe; found = TOKEN.exec(text)) {
      const [token] = found;
      if (this.end !== undefined) {
        if (token === this.end) this.end = undefined;
      } else if (token === "&") {
        ENTITY.lastIndex = TOKEN.lastIndex;
        if (!ENTITY.test(text)) return { text: text.slice(0, found.index), bare: true };
        TOKEN.lastIndex = ENTITY.lastIndex;
      } else this.end = ENDS[token];
      upTo = Math.max(upTo, TOKEN.lastIndex);
    }
    this.held = text.slice(upTo);
    return { text: text.slice(0, upTo), bare: false };
  }
}
