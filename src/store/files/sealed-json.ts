import { openSum, toHex } from "./checksum.js";

/** The field that a sealed object ends with. */
const SEAL = "checksum";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Gives an object a last field that tells whether its JSON is still as it was written: XXH64 of the JSON of all other
 * fields, without spaces.
 */
export async function seal<T extends object>(value: T): Promise<T & { checksum: string }> {
  return { ...value, [SEAL]: await sumOf(value) } as T & { checksum: string };
}

/** An object without its seal, and whether that is sound; one that was written without a seal has none. */
export async function unseal<T extends object>(
  sealed: T,
): Promise<{ value: T; isSealed: boolean; isSound: boolean }> {
  const { [SEAL]: known, ...value } = sealed as Fields;
  const isSealed = known !== undefined;
  return { value: value as T, isSealed, isSound: !isSealed || known === (await sumOf(value)) };
}

async function sumOf(value: object): Promise<string> {
  const sum = await openSum();
  return toHex(sum(Buffer.from(JSON.stringify(value))));
}
