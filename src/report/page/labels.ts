import { type Share, wilson } from "../../statistics/wilson.js";
import { type JudgedBand, weighBands } from "../judged-precision.js";
import type { ScoreBand, ShownPair } from "../model.js";

/** What somebody says of a pair. */
export type Label = "right" | "wrong";

/** Labels by the texts of pairs: another report that shows the same pair knows what was said of it. */
export type Labels = ReadonlyMap<string, Label>;

export const labelKey = ({ source, target }: Pick<ShownPair, "source" | "target">): string =>
  JSON.stringify([source.text, target.text]);

/** How the pairs of each band were judged. */
export function judged(bands: readonly ScoreBand[], labels: Labels): JudgedBand[] {
  return bands.map(({ pairs, shown }) => {
    const given = shown.flatMap((pair) => labels.get(labelKey(pair)) ?? []);
    return { pairs, judged: given.length, right: given.filter((label) => label === "right").length };
  });
}

/** The precision of a band alone, and of all pairs from it upwards. */
export interface BandPrecision {
  own?: Share;
  upwards?: Share;
}

export function precisions(bands: readonly JudgedBand[]): BandPrecision[] {
  return bands.map(({ right, judged }, band) => ({
    own: wilson(right, judged),
    upwards: weighBands(bands.slice(band)),
  }));
}

/** The scores that a band has. */
export function bandName(bands: readonly ScoreBand[], band: number, decimals: number): string {
  const [from, to] = [bands[band].from.toFixed(decimals), bands[band].to.toFixed(decimals)];
  if (bands.length === 1) return `from ${from}`;
  if (band === 0) return `below ${to}`;
  return band === bands.length - 1 ? `from ${from}` : `${from} to ${to}`;
}

const HEADER = ["score", "source", "target", "label", "band", "bandPairs"];

/** The judged pairs as TSV, as `evaluate labels` reads them: 1 for a right pair, 0 for a wrong one. */
export function labelsToTsv(
  { bands, decimals }: { bands: readonly ScoreBand[]; decimals: number },
  labels: Labels,
): string {
  const row = (cells: readonly (string | number)[]) =>
    `${cells.map((cell) => String(cell).replace(/[\t\r\n]+/g, " ")).join("\t")}\n`;
  const rows = bands.flatMap(({ shown, pairs }, band) =>
    shown.flatMap((pair) => {
      const label = labels.get(labelKey(pair));
      return label
        ? [row([...textsOf(pair), label === "right" ? 1 : 0, bandName(bands, band, decimals), pairs])]
        : [];
    }),
  );
  return row(HEADER) + rows.join("");
}

const textsOf = ({ score, source, target }: ShownPair) => [score ?? "", source.text, target.text];
