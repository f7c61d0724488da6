import type { Unit } from "./rule-options.js";

/**
 * How many characters and words a text has in a language for each one of its English translation: sums over up to 6,000
 * pairs a language, of the pairs that the built-in encoder was trained on.
 */
const LENGTHS: Readonly<Record<string, readonly [characters: number, words: number]>> = {
  ar: [0.83, 0.67],
  bg: [0.98, 0.89],
  bn: [0.95, 0.85],
  ca: [1.1, 1.05],
  cs: [0.95, 0.83],
  da: [1.03, 0.9],
  de: [1.14, 0.95],
  el: [1.19, 1.02],
  eo: [0.97, 0.9],
  es: [1.07, 1.02],
  et: [0.93, 0.74],
  eu: [1.09, 0.76],
  fa: [0.93, 1.02],
  fi: [1.01, 0.68],
  fr: [1.17, 1.09],
  gl: [1.07, 1.0],
  he: [0.81, 0.88],
  hi: [0.99, 1.1],
  hr: [1.04, 0.88],
  hu: [1.06, 0.82],
  id: [1.12, 0.9],
  is: [1.01, 0.92],
  it: [1.14, 1.05],
  ja: [0.52, 0.18],
  ka: [1.02, 0.75],
  ko: [0.55, 0.74],
  lt: [1.03, 0.79],
  lv: [0.91, 0.77],
  mk: [1.07, 0.99],
  ml: [1.07, 0.71],
  mr: [0.96, 0.85],
  no: [1.01, 0.92],
  nl: [1.13, 1.03],
  pl: [1.07, 0.87],
  pt: [1.08, 1.03],
  ro: [1.15, 1.06],
  ru: [1.02, 0.84],
  sk: [1.02, 0.91],
  sl: [1.01, 0.87],
  sr: [0.98, 0.88],
  sv: [1.03, 0.95],
  sw: [1.03, 0.81],
  ta: [1.09, 0.74],
  te: [0.98, 0.77],
  th: [0.86, 0.26],
  tr: [1.0, 0.74],
  uk: [0.99, 0.85],
  ur: [1.01, 1.29],
  vi: [1.02, 1.29],
  zh: [0.34, 0.14],
};

/** 1 for English, and for languages of which nothing is known. */
export function typicalLength(language: string, unit: Unit): number {
  const lengths = LENGTHS[language] ?? LENGTHS[language.split("-")[0]] ?? [1, 1];
  return lengths[unit === "word" ? 1 : 0];
}
