import { join } from "node:path";
import { InputError } from "../../errors.js";
import type { Input } from "../../read/input.js";
import { drawBands, LowestKeys, spread } from "../../report/draw-bands.js";
import { lengthGrid } from "../../report/length-grid.js";
import type { Counted, ReportPart } from "../../report/model.js";
import { scoreCurve } from "../../report/score-curve.js";
import { readTwice } from "../../steps/bitexts/read-twice.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { changeAgainst, single } from "./change-against.js";
import { countLanguages, LANGUAGES_OF } from "./count-languages.js";
import { measureBitext } from "./measure-bitext.js";
import type { ReportSettings } from "./options.js";
import { pairsAt } from "./pairs-at.js";
import { showPair } from "./show-pair.js";

/** What is known of a bitext beside its pairs. */
export interface BitextContext {
  /** Tells it from the other inputs. */
  number: number;
  /** Whether something else of it is shown, so that it need not have scores. @default false */
  scoresOptional?: boolean;
}

/**
 * What there is to see of a bitext; it is read twice, or three times against another one.
 *
 * @throws InputError if it has no pairs, or none has a score
 */
export async function bitextPart(
  input: Input,
  settings: ReportSettings,
  { number, scoresOptional = false }: BitextContext,
): Promise<ReportPart> {
  const { read, signal, onEvent, show } = settings;
  const skips = new Skips(onEvent);
  const folder = join(settings.folder, String(number));
  await makeFolder(folder);
  await using bitext = await readTwice(input, { ...read, signal, onNote: onEvent }, folder);
  const measured = await measureBitext(bitext.read({ onSkip: skips.onSkip }), onEvent);
  const { pairs, scored } = measured;
  if (pairs === 0)
    throw new InputError({ path: bitext.name }, "has no pairs; expected a bitext with scores.");
  if (scored.scores.length === 0 && !scoresOptional)
    throw new InputError(
      { path: bitext.name },
      `has no score in any of its ${pairs} pairs; expected a bitext with scores.`,
      {
        advice: "Score it with crisscross score, or name the column that has the scores.",
      },
    );
  const hasScores = scored.scores.length > 0;
  const curve = hasScores ? scoreCurve(scored) : undefined;
  const bands = curve ? drawBands(scored.scores, curve, show) : [];
  const sample = new LowestKeys(LANGUAGES_OF);
  for (let pair = 0; pair < pairs; pair++) sample.offer(pair, spread(pair));
  const wanted = [
    ...bands.flatMap(({ drawn }) => drawn.map((place) => measured.numberOf(place))),
    ...sample.values,
    ...measured.repeated.numbers,
  ];
  const found = await pairsAt(single(bitext.read()), wanted);
  const leftOut: Counted[] = [
    { what: "pairs without a score", count: pairs - scored.scores.length },
    { what: "pairs that could not be read", count: skips.count },
  ];
  return {
    kind: "bitext",
    name: bitext.name,
    facts: [{ name: "pairs", value: String(pairs) }],
    notes: hasScores ? [] : ["None of its pairs has a score: crisscross score gives them one."],
    scores: curve,
    bands:
      curve &&
      bands.map(({ drawn, ...band }) => ({
        ...band,
        shown: drawn.map((place) => showPair(found.get(measured.numberOf(place))!)),
      })),
    leftOut: leftOut.filter(({ count }) => count > 0),
    lengths: lengthGrid(measured.all),
    languages: await countLanguages(sample.values.map((pair) => found.get(pair)!)),
    duplicates: measured.repeated.finish(found),
    hosts: measured.hosts,
    changes: await changeAgainst(() => single(bitext.read()), settings),
  };
}
