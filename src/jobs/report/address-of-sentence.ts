import type { Side } from "../../steps/texts/side.js";
import { firstAddress } from "./addresses.js";

const LOOKED_AT = 20;

/** Where a side's sentences have the address of their page, where they have one. */
export type AddressOf = (sentence: number) => string | undefined;

/** Finds the field, or the identifiers, that hold addresses. */
export function findAddresses({ texts, places, fields = [] }: Side): AddressOf | undefined {
  const looked = Math.min(LOOKED_AT, texts.length);
  const ofField =
    (field: number): AddressOf =>
    (sentence) =>
      firstAddress(places.fields(sentence)[0]?.[field] ?? "");
  const ofIds: AddressOf = (sentence) => firstAddress(places.ids(sentence)[0] ?? "");
  return [...fields.map((_, field) => ofField(field)), ofIds].find((addressOf) => {
    let known = 0;
    for (let sentence = 0; sentence < looked; sentence++) if (addressOf(sentence) !== undefined) known++;
    return 2 * known > looked;
  });
}
