import { type Alias, type Document, visit } from "yaml";
import { InputError, type Place } from "../../errors.js";

/** How many values the aliases may stand for: more than any configuration needs, and few enough to write out. */
const MOST_ALIASED = 1000;

/**
 * What a document of YAML says, each alias (`*name`) replaced by what it stands for (`&name`).
 *
 * @throws InputError if an alias stands for nothing or for what it lies in, or all together for too much
 */
export function resolveAliases(document: Document, placeAt: (offset: number) => Place): unknown {
  const refuse = ({ range }: Alias, problem: string) =>
    new InputError(placeAt(range?.[0] ?? 0), problem, { advice: "Write out what is meant." });
  let first: Alias | undefined;
  visit(document, {
    Alias(_, alias, path) {
      first ??= alias;
      const { source } = alias;
      const node = alias.resolve(document);
      if (!node) throw refuse(alias, `*${source} stands for nothing: there is no &${source} before it.`);
      if (path.includes(node)) throw refuse(alias, `*${source} stands for something that it lies in.`);
    },
  });
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASED });
  } catch (error) {
    // The package's error for too many.
    if (first && error instanceof ReferenceError)
      throw refuse(first, `*${first.source} and other aliases stand for more than ${MOST_ALIASED} values.`);
    throw error;
  }
}
