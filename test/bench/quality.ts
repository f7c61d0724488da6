/**
 * The quality table: Tatoeba over all its languages and the mining sets, for one encoder. Adds to results/quality.json,
 * from which the README's table is made. About 15 minutes for a small Transformer on two cores, less with a cache.
 *
 *   node dist/test/bench/quality.js --label NAME [--encoder FOLDER] [--variant NAME] [--blend NAME:WEIGHT] [--centre]
 *     [--against FOLDER] [--cache FOLDER]
 *
 * What is mined is compared with `--against`, by a paired bootstrap.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { evaluateBucc, evaluateTatoeba, findBuccTasks, type Report } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { formatQualityTables, type QualityResults, RESULTS } from "./quality-table.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    label: { type: "string" },
    encoder: { type: "string" },
    variant: { type: "string" },
    blend: { type: "string" },
    centre: { type: "boolean" },
    against: { type: "string" },
    cache: { type: "string" },
  },
});
if (values.label === undefined) throw new Error("Give --label, the name of the table's row.");
const { label, blend, against, ...rest } = values;
const [, encoder, weight] = /^(.*):([^:]*)$/.exec(blend ?? "") ?? [];
const options = { ...rest, blend: blend === undefined ? undefined : { encoder, weight: Number(weight) } };

const tatoeba = await evaluateTatoeba(sharedPath("data/tatoeba"), options);
const mining = await evaluateBucc(await findBuccTasks(sharedPath("data/mining")), {
  ...options,
  against,
  confidence: against !== undefined,
  margins: ["ratio", "distance"],
});
const results: QualityResults = existsSync(RESULTS)
  ? JSON.parse(readFileSync(RESULTS, "utf8"))
  : { encoders: {} };
results.encoders[label] = { machine: describeMachine(), tatoeba: rounded(tatoeba), mining: rounded(mining) };
writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
console.log(formatQualityTables(results));

function rounded({ columns, rows, conditions }: Report): Report {
  const round = (value: number) => Number(value.toFixed(4));
  return {
    columns,
    rows: rows.map(({ name, figures }) => ({
      name,
      figures: Object.fromEntries(
        Object.entries(figures).map(([column, { value, interval }]) => [
          column,
          {
            value: round(value),
            // The tables show those of a comparison alone.
            ...(interval &&
              column === "F1 gained" && {
                interval: { low: round(interval.low), high: round(interval.high) },
              }),
          },
        ]),
      ),
    })),
    conditions,
  };
}
