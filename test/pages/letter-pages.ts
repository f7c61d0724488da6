import { randomNumbers } from "../../src/statistics/random-numbers.js";
import type { GivenPage } from "../../src/types/pages.js";

/** A sentence of its own letters: the same number makes the same sentence. From 1000 on it is of one letter alone. */
export function sentence(number: number): string {
  const random = randomNumbers(number);
  const letter = () => String.fromCodePoint(0x4e00 + Math.floor(number < 1000 ? random() * 64 : number % 64));
  return Array.from({ length: 12 }, letter).join("");
}

/** A page whose blocks have sentences of these numbers. */
export const pageOf = (blocks: readonly (readonly number[])[], more: Partial<GivenPage> = {}): GivenPage => ({
  blocks: blocks.map((block) => block.map(sentence)),
  ...more,
});

/** Pages of six sentences each, from these numbers on. */
export const pagesFrom = (firsts: readonly number[]) =>
  firsts.map((first) =>
    pageOf([Array.from({ length: 6 }, (_, i) => first + i)], { url: `https://a.example/${first}` }),
  );
