import { shuffled } from "./shuffled.js";

export interface GoldPair {
  source: string;
  target: string;
}

/** What the makers of noise draw from. */
export interface NoiseSources {
  next: () => number;
  /** Another pair of the same bitext. */
  otherPair: () => GoldPair;
  /** A sentence of another language than the bitext's. */
  foreign: () => string;
  /** Whether the source's words stand without spaces between them. */
  unspaced: boolean;
}

type MakeNoise = (pair: GoldPair, sources: NoiseSources) => GoldPair | undefined;

/** Ways in which web bitexts are wrong; a maker gives nothing for a pair that it cannot spoil. */
export const NOISE: Record<string, MakeNoise> = {
  misaligned: ({ source, target }, { otherPair }) => {
    const other = otherPair();
    return other.target === target ? undefined : { source, target: other.target };
  },
  "wrong language": ({ source, target }, { next, foreign }) =>
    next() < 0.5 ? { source, target: foreign() } : { source: foreign(), target },
  untranslated: ({ source, target }, { next }) =>
    next() < 0.5 ? { source, target: source } : { source: target, target },
  truncated: ({ source, target }, { next, unspaced }) => {
    const share = 0.3 + 0.4 * next();
    return next() < 0.5
      ? { source: cut(source, share, unspaced), target }
      : { source, target: cut(target, share, false) };
  },
  "shuffled words": ({ source, target }, { next }) => {
    const words = target.split(" ");
    const mixed = shuffled(words, next).join(" ");
    return words.length < 4 || mixed === target ? undefined : { source, target: mixed };
  },
  "numbers changed": ({ source, target }, { next }) => {
    const numbers = [...target.matchAll(/\d+/g)];
    if (numbers.length === 0) return undefined;
    const { index, 0: number } = numbers[Math.floor(next() * numbers.length)];
    const changed = changeDigit(number, next);
    return { source, target: target.slice(0, index) + changed + target.slice(index + number.length) };
  },
  boilerplate: ({ source, target }, { next }) => {
    const text = BOILERPLATE[Math.floor(next() * BOILERPLATE.length)](next);
    return next() < 0.5 ? { source, target: text } : { source: text, target };
  },
};

/** The first part of a text: that share of its words. */
function cut(text: string, share: number, unspaced: boolean): string {
  const parts = unspaced ? [...text] : text.split(" ");
  return parts.slice(0, Math.max(1, Math.floor(parts.length * share))).join(unspaced ? "" : " ");
}

/** One digit of a number is another one; the first does not become 0. */
function changeDigit(number: string, next: () => number): string {
  const at = Math.floor(next() * number.length);
  const digits = [..."123456789"].filter((digit) => digit !== number[at]);
  return number.slice(0, at) + digits[Math.floor(next() * digits.length)] + number.slice(at + 1);
}

const BOILERPLATE: ((next: () => number) => string)[] = [
  () => "Home » Products » Contact us » Sitemap » Privacy policy",
  (next) => `© ${2000 + Math.floor(next() * 25)} All rights reserved.`,
  (next) => `Page ${1 + Math.floor(next() * 40)} of ${41 + Math.floor(next() * 40)}`,
  () => "This website uses cookies to give you the best experience. Read more | Accept | Decline",
  () => "Click here to subscribe to our newsletter!",
  () => "Sign in or register to post a comment.",
  () => "Add to cart - Add to wishlist - Compare",
  (next) =>
    `Posted by admin on ${1 + Math.floor(next() * 28)}/${1 + Math.floor(next() * 12)}/2019 | 0 comments | Share on Facebook`,
  () => "Terms and conditions | Imprint | Data protection",
  () => "Back to top ↑ Previous post ← → Next post",
  (next) => `Tel. +49 30 ${Math.floor(1e6 + next() * 9e6)} · info@example.com · www.example.com`,
  () => "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
];
