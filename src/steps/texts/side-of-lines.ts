import { InputError } from "../../errors.js";
import { infoPath, type KnownLines } from "../../store/arrays/vectors-file.js";
import { Places } from "../../store/corpus/places.js";
import { textsOfLines } from "../../store/hashes/known-lines.js";
import type { GivenVectors } from "./open-sources.js";
import { noneCounted, type Side } from "./side.js";

/**
 * A side of which only the lines are known: what asks for a text of it is a bug.
 *
 * @throws InputError if what is known is not of as many lines as there are vectors
 */
export function sideOfLines(known: KnownLines, { path: name, info }: GivenVectors): Side {
  const places = new Places();
  const counts = noneCounted();
  for (const text of unpack(known, name)) {
    counts.lastLine = ++counts.lines;
    if (text === -1) counts.blank++;
    else {
      places.add(text, counts.lines);
      if (text === counts.sentences) counts.sentences++;
      else counts.duplicates++;
    }
  }
  if (counts.lines !== info.rows) throw damaged(name);
  const get = () => {
    throw new Error(`${name}: its texts are not here`);
  };
  return {
    name,
    texts: { length: counts.sentences, get },
    places,
    counts,
    textHash: known.hash,
    close: () => {},
  };
}

function* unpack(known: KnownLines, name: string): Generator<number> {
  try {
    yield* textsOfLines(known);
  } catch (cause) {
    throw damaged(name, cause);
  }
}

function damaged(path: string, cause?: unknown): InputError {
  return new InputError({ path: infoPath(path) }, `does not tell the lines of ${path}: it is damaged.`, {
    advice: "Make both again with crisscross embed, or say where the text is.",
    cause,
  });
}
