/** Windows of a page, whose vectors stand one after the other in the page's; behind them stands that of the whole page. */
const WINDOWS = 4;

/** How narrow a window is: the sum of the exponents of its curve. */
const NARROWNESS = 8;

/** Parts of a page's vector, each as long as a sentence's vector. */
export const PARTS = WINDOWS + 1;

/** The sentences of a page: their vectors, row by row, and what is known of each. */
export interface PageSentences {
  /** Rows of unit length, or of zeros. */
  vectors: Float32Array;
  dimensions: number;
  /** Characters of each. */
  lengths: readonly number[];
  /** How many pages of its side each stands on. */
  pages: readonly number[];
}

/**
 * How much each sentence counts: what stands on many pages says little of one, a long sentence more than a short one. The
 * square root of its length, over the number of its pages (LIDF has the length itself).
 */
export function sentenceWeights({ lengths, pages }: Omit<PageSentences, "vectors" | "dimensions">): number[] {
  return lengths.map((length, i) => Math.sqrt(length) / pages[i]);
}

/**
 * The vector of a page, `PARTS` × `dimensions` numbers of unit length: the weighted means of its sentences by their
 * position (Thompson & Koehn 2020, "Exploiting Sentence Order in Document Alignment"), and, for half of a cosine, that of
 * all of them wherever they stand, by which pages are found whose paragraphs have changed places.
 */
export function pageVector(page: PageSentences): Float32Array {
  const { vectors, dimensions, lengths } = page;
  const weights = sentenceWeights(page);
  const vector = new Float32Array(PARTS * dimensions);
  const characters = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  for (const [sentence, length] of lengths.entries()) {
    const place = (before + length / 2) / characters;
    before += length;
    const row = sentence * dimensions;
    for (let part = 0; part < PARTS; part++) {
      const weight = weights[sentence] * (part < WINDOWS ? curve(place, (part + 0.5) / WINDOWS) : 1);
      const start = part * dimensions;
      for (let i = 0; i < dimensions; i++) vector[start + i] += weight * vectors[row + i];
    }
  }
  for (let part = 0; part < PARTS; part++)
    scale(vector.subarray(part * dimensions, (part + 1) * dimensions), part < WINDOWS ? 0.5 / WINDOWS : 0.5);
  return vector;
}

/** A beta curve with its peak, of height 1, at `peak`: a modified PERT distribution, as there in section 3.1. */
function curve(place: number, peak: number): number {
  return (place / peak) ** (NARROWNESS * peak) * ((1 - place) / (1 - peak)) ** (NARROWNESS * (1 - peak));
}

/** Gives a part its share of a squared length of 1. */
function scale(part: Float32Array, share: number): void {
  const squares = part.reduce((sum, value) => sum + value * value, 0);
  if (squares === 0) return;
  const factor = Math.sqrt(share / squares);
  for (let i = 0; i < part.length; i++) part[i] *= factor;
}
