import { OptionError } from "../../errors.js";
import { ASCII, posixClass, UNICODE, unicodeProperty } from "./properties.js";

/** What JavaScript has no word for, and what to write instead. */
const REFUSED: [syntax: RegExp, what: string, advice: string][] = [
  [/^\(\?[imsxa-]+:/, "Flags for a part of an expression", "Write (?i) at its beginning, for all of it."],
  [/^\(\?>/, "An atomic group", "Write (?:…): the time that a search may take is limited anyway."],
  [/^\(\?\(/, "A condition", "Write both alternatives, with |."],
  [/^\(\?(?:R|[0-9&]|P>)/, "Recursion", "Write as many levels as you need."],
  [/^\(\?\|/, "Alternatives that share their numbers", "Write (?:…)."],
  [/^\(\?[a-zA-Z0-9]+\)/, "This flag", "The flags are i, m, s, x, a and u."],
  [/^\\[KGXNL]/, "This escape", "Write what it stands for."],
  [/^\{[a-z]/, "An approximate match", "Write \\{ for a brace."],
];

/**
 * A regular expression of Python's `regex`, as OpusFilter has it, for JavaScript: `\w`, `\d`, `\s` and `\b` are
 * Unicode's, and `(?i)`, `(?P<name>…)`, `\A`, `\Z`, `\p{Han}` and `[[:alpha:]]` mean what they mean there.
 *
 * @throws OptionError for what is no expression, or what JavaScript cannot say
 */
export function compilePython(source: string): RegExp {
  try {
    return new Translation(source).compile();
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const [, problem] = /: ([^:]*)$/.exec((error as Error).message) ?? [];
    throw new OptionError(`The regular expression ${source} cannot be read: ${problem}.`, { cause: error });
  }
}

/** Characters that mean something in an expression, or in a class with the flag v. */
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;
const CLASS_SYNTAX = /[\^$\\.*+?()[\]{}|/&\-!#%,:;<=>@`~"]/;

class Translation {
  private at = 0;
  private out = "";
  private readonly flags = new Set<string>();

  constructor(private readonly source: string) {
    for (const [, letters] of source.matchAll(/(?<!\\)\(\?([imsxau]+)\)/g))
      for (const letter of letters) this.flags.add(letter);
  }

  compile(): RegExp {
    while (this.at < this.source.length) this.out += this.next();
    return new RegExp(this.out, `v${["i", "m"].filter((flag) => this.flags.has(flag)).join("")}`);
  }

  private get classes() {
    return this.flags.has("a") ? ASCII : UNICODE;
  }

  /** What the rest begins with, which is then behind. */
  private take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.source.slice(this.at));
    if (found) this.at += found[0].length;
    return found ?? undefined;
  }

  private next(): string {
    const rest = this.source.slice(this.at);
    const refused = REFUSED.find(([syntax]) => syntax.test(rest) && !/^\(\?[imsxau]+\)/.test(rest));
    if (refused)
      throw new OptionError(`${refused[1]} is not supported in ${this.source}.`, { advice: refused[2] });
    if (this.take(/^\(\?(?:[imsxau]+\)|#[^)]*\))/)) return "";
    const comment = this.flags.has("x") && this.take(/^(?:\s+|#[^\n]*)/);
    if (comment) return "";
    const group = this.take(/^\(\?P<(\w+)>/);
    if (group) return `(?<${group[1]}>`;
    const reference = this.take(/^\(\?P=(\w+)\)/);
    if (reference) return `\\k<${reference[1]}>`;
    const most = this.take(/^\{,(\d+)\}/);
    if (most) return `{0,${most[1]}}`;
    const times = this.take(/^(?:\{\d+(?:,\d*)?\}|[*+?])/);
    if (times) return this.quantifier(times[0]);
    if (rest[0] === "\\") return this.escape(false);
    if (rest[0] === "[") return this.characterClass();
    const character = this.take(/^[\s\S]/u)![0];
    if (character === ".") return this.flags.has("s") ? "[^]" : "[^\\n]";
    return /[{}\]/]/.test(character) ? `\\${character}` : character;
  }

  private quantifier(times: string): string {
    if (!this.take(/^\+/)) return times + (this.take(/^\?/)?.[0] ?? "");
    throw new OptionError(`A possessive quantifier is not supported in ${this.source}.`, {
      advice: "Leave out its last +: the time that a search may take is limited anyway.",
    });
  }

  private escape(inClass: boolean): string {
    const property = this.take(/^\\([pP])(?:\{([^}]*)\}|([A-Z]))/);
    if (property) return unicodeProperty(property[2] ?? property[3], property[1] === "P");
    const long = this.take(/^\\U([0-9a-fA-F]{8})/);
    if (long) return `\\u{${long[1]}}`;
    const same = this.take(
      /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|[nrtfv]|k<\w+>|c[A-Za-z])/,
    );
    if (same) return same[0];
    const octal = this.take(/^\\(0[0-7]{0,2})/);
    if (octal) return `\\u{${Number.parseInt(octal[1], 8).toString(16)}}`;
    const group = this.take(/^\\(?:g<(\w+)>|([1-9]\d?))/);
    if (group) return this.groupReference(group[1] ?? group[2]);
    const [, letter] = this.take(/^\\([\s\S])/u) ?? [];
    if (letter === undefined) throw new OptionError(`${this.source} ends in a backslash.`);
    const known = this.letter(letter, inClass);
    if (known !== undefined) return known;
    if (/[a-zA-Z]/.test(letter))
      throw new OptionError(`There is no \\${letter} in ${this.source}.`, {
        advice: `For the letter, write ${letter}.`,
      });
    return literal(letter, inClass);
  }

  private letter(letter: string, inClass: boolean): string | undefined {
    const { word, digit, space } = this.classes;
    const holds: Record<string, string> = { w: word, d: digit, s: space, h: "\\t\\p{Zs}" };
    if (holds[letter]) return inClass ? holds[letter] : `[${holds[letter]}]`;
    if (holds[letter.toLowerCase()]) return `[^${holds[letter.toLowerCase()]}]`;
    if (letter === "a") return "\\x07";
    if (inClass) return letter === "b" ? "\\x08" : undefined;
    const [before, after] = [`(?<=[${word}])`, `(?=[${word}])`];
    const [notBefore, notAfter] = [`(?<![${word}])`, `(?![${word}])`];
    const edges: Record<string, string> = {
      A: "(?<![^])",
      Z: "(?![^])",
      z: "(?![^])",
      b: `(?:${before}${notAfter}|${notBefore}${after})`,
      B: `(?:${before}${after}|${notBefore}${notAfter})`,
      m: `${notBefore}${after}`,
      M: `${before}${notAfter}`,
      R: "(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])",
    };
    return edges[letter];
  }

  /** Behind it, a digit would belong to its number. */
  private groupReference(group: string): string {
    return /^\d/.test(group) ? `(?:\\${group})` : `\\k<${group}>`;
  }

  private characterClass(): string {
    let inside = this.take(/^\[\^?/)![0];
    inside += this.take(/^\]/) ? "\\]" : "";
    for (;;) {
      if (this.take(/^\]/)) return `${inside}]`;
      const posix = this.take(/^\[:(\^?\w+):\]/);
      const many = /^\\[wWdDsShHpP]/.test(this.source.slice(this.at));
      if (posix) inside += posixClass(posix[1]);
      else if (this.source[this.at] === "\\") inside += this.escape(true);
      else {
        const character = this.take(/^[\s\S]/u)?.[0];
        if (character === undefined)
          throw new OptionError(`A class has no end in ${this.source}.`, {
            advice: "Write ], or \\[ for a bracket.",
          });
        // Between two characters it is a range.
        const isRange =
          character === "-" && !inside.endsWith("[") && !inside.endsWith("^") && this.source[this.at] !== "]";
        inside += isRange ? "-" : literal(character, true);
      }
      if ((many || posix) && this.take(/^-/)) inside += "\\-";
    }
  }
}

function literal(character: string, inClass: boolean): string {
  return (inClass ? CLASS_SYNTAX : SYNTAX).test(character) ? `\\${character}` : character;
}
