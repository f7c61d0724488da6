import { createHash } from "node:crypto";
import { access, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { FOLDERS, STATS } from "../../../steps/runs/loop-names.js";
import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import type { Side } from "../../../steps/texts/side.js";
import { makeFolder } from "../../../store/files/make-folder.js";
import { writeWhole, writeWholeText } from "../../../store/files/whole-file.js";
import type { Stage } from "../../../store/run/stage.js";
import { formatPairTsv } from "../../../write/pairs/tsv.js";
import type { Loop } from "../loop.js";
import type { RoundPairs } from "./round-pairs.js";

const PAIRS_AT_ONCE = 1024;

/** A round's pairs, `pairs/XX-YY.tsv` with the highest margins first, and its figures, `stats.json`. */
export function pairsStage(
  { plan, texts, stages }: Loop,
  summary: RoundSummary,
  pairs: readonly RoundPairs[],
): Stage<RoundSummary> {
  const figures = `${JSON.stringify(summary, null, 2)}\n`;
  const { round } = summary;
  const folder = FOLDERS.round(round);
  return {
    ...stages.rounds[round].pairs,
    key: {
      pairs: Object.fromEntries(plan.pairs.map(({ name }, i) => [name, pairs[i].hash])),
      texts: texts.map(({ textHash }) => textHash),
      figures: createHash("sha256").update(figures).digest("hex"),
    },
    make: async () => summary,
    save: async (_, run) => {
      const place = join(run, folder, FOLDERS.pairs);
      await rm(place, { recursive: true, force: true });
      await makeFolder(place);
      for (const [i, { name, source, target }] of plan.pairs.entries()) {
        const lines = formatPairs(pairs[i].mutual, texts[source], texts[target]);
        await writeWhole(join(place, `${name}.tsv`), async (file) => {
          for (const some of lines) await file.appendFile(some);
        });
      }
      await writeWholeText(join(run, folder, STATS), figures);
    },
    load: async (run) => {
      for (const { name } of plan.pairs) await access(join(run, folder, FOLDERS.pairs, `${name}.tsv`));
      return JSON.parse(await readFile(join(run, folder, STATS), "utf8"));
    },
  };
}

function* formatPairs(
  { sources, targets, scores }: RoundPairs["mutual"],
  { texts: source }: Side,
  { texts: target }: Side,
): Generator<string> {
  for (let first = 0; first < scores.length; first += PAIRS_AT_ONCE) {
    const some = Array.from(scores.subarray(first, first + PAIRS_AT_ONCE), (score, i) =>
      formatPairTsv({
        score,
        source: source.get(sources[first + i]),
        target: target.get(targets[first + i]),
      }),
    );
    yield some.join("");
  }
}
