import { InputError } from "../../errors.js";
import { looksLikeHeader } from "../../read/pairs/header.js";
import { readSentences } from "../../read/read-sentences.js";
import type { Side, Sides } from "../../steps/texts/side.js";
import { note, type Remark } from "../../wording.js";

/** Gold pairs of identifiers, as a set of `source⇥target`. */
export type GoldPairs = ReadonlySet<string>;

/**
 * Reads gold pairs, `id⇥id` a line; a pair that stands twice counts once, and a header is none, which is told.
 *
 * @throws InputError if a line is no pair, or there is none
 */
export async function readGold(path: string, onNote?: (note: Remark) => void): Promise<GoldPairs> {
  let isFirst = true;
  const pairs = new Set<string>();
  for await (const batch of readSentences(path, { format: "text" })) {
    for (const { text, line } of batch) {
      if (text.trim() === "") continue;
      const fields = text.split("\t").map((field) => field.trim());
      if (fields.length !== 2)
        throw new InputError({ path, line }, "expected two identifiers with a tab between them.");
      if (isFirst && looksLikeHeader(fields) === true)
        onNote?.(
          note(`${path}: its first line is read as a header (${fields.join(", ")}), and is no gold pair.`),
        );
      else pairs.add(fields.join("\t"));
      isFirst = false;
    }
  }
  if (pairs.size === 0) throw new InputError({ path }, "has no gold pairs; expected id⇥id lines.");
  return pairs;
}

/** @throws InputError for the first identifier of a gold pair that its side does not have */
export function checkGold(gold: GoldPairs, path: string, { source, target }: Sides): void {
  checkIds(gold, path, { name: source.name, ids: idsOf(source) }, { name: target.name, ids: idsOf(target) });
}

/** The identifiers of a side, and what messages call it. */
export interface KnownIds {
  name: string;
  ids: ReadonlySet<string>;
}

/** @throws InputError for the first identifier of a gold pair that is not known */
export function checkIds(gold: GoldPairs, path: string, x: KnownIds, y: KnownIds): void {
  for (const pair of gold) {
    const [source, target] = pair.split("\t");
    for (const [id, { name, ids }] of [
      [source, x],
      [target, y],
    ] as const) {
      if (!ids.has(id))
        throw new InputError({ path }, `names ${id}, but no sentence of ${name} has that identifier.`);
    }
  }
}

function idsOf(side: Side): Set<string> {
  const ids = new Set<string>();
  for (let text = 0; text < side.texts.length; text++) for (const id of identify(side, text)) ids.add(id);
  return ids;
}

/** What gold pairs call a text: its identifiers; in an input without any, the numbers of its lines. */
export function identify({ places }: Side, text: number): string[] {
  const ids = places.ids(text);
  return ids.length > 0 ? ids : places.lines(text).map(String);
}
