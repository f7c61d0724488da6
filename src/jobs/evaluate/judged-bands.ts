import { InputError } from "../../errors.js";
import { type JudgedBand, weighBands } from "../../report/judged-precision.js";
import { type Share, wilson } from "../../statistics/wilson.js";
import type { Pair } from "../../types/bitexts.js";
import type { Figure, Report } from "./report.js";

/** The columns of what the page of a report saves, beside score and texts. */
const COLUMNS = ["label", "band", "bandPairs"] as const;

/** Whether a pair is one that was judged on the page of a report. */
export const hasBands = ({ row }: Pair): boolean => COLUMNS.every((name) => row?.names?.includes(name));

/** Counts judged pairs by the band of scores that they were drawn from. */
export class BandCounter {
  private readonly bands = new Map<string, JudgedBand>();

  constructor(private readonly path: string) {}

  /** @returns whether the pair is right */
  add({ row, line }: Pair): boolean {
    const [label, name, pairs] = COLUMNS.map((column) => row!.cells[row!.names!.indexOf(column)]?.trim());
    const fault = (what: string) => new InputError({ path: this.path, line }, what);
    if (label !== "1" && label !== "0")
      throw fault(`column label is ${JSON.stringify(label)}; expected a label, 1 or 0.`);
    if (!/^[1-9]\d*$/.test(pairs))
      throw fault(`column bandPairs is ${JSON.stringify(pairs)}; expected the pairs of its band, from 1.`);
    const band = this.bands.get(name) ?? { pairs: Number(pairs), judged: 0, right: 0 };
    if (band.pairs !== Number(pairs))
      throw fault(`column bandPairs is ${pairs}, but ${band.pairs} in an earlier row of the band "${name}".`);
    band.judged++;
    if (label === "1") band.right++;
    this.bands.set(name, band);
    return label === "1";
  }

  /** The precision of all bands together, and of each. */
  report(area: Record<string, Figure> | undefined, counts: Report["conditions"]): Report {
    const all = weighBands([...this.bands.values()])!;
    const rows = [...this.bands].map(([name, { right, judged, pairs }]) => ({
      name,
      figures: {
        precision: toFigure(wilson(right, judged)!),
        judged: { value: judged },
        pairs: { value: pairs },
      },
    }));
    const sums = [...this.bands.values()].reduce((sum, { pairs }) => sum + pairs, 0);
    return {
      columns: ["precision", ...Object.keys(area ?? {}), "judged", "pairs"],
      rows: [
        {
          name: this.path,
          figures: {
            precision: toFigure(all),
            ...area,
            judged: { value: Number(counts.pairs) },
            pairs: { value: sums },
          },
        },
        ...rows,
      ],
      conditions: { metric: "precision", ...counts },
    };
  }
}

const toFigure = ({ value, low, high }: Share): Figure => ({ value, interval: { low, high } });
