import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { refuseChanges } from "../../../store/files/file-state.js";
import { writeWholeText } from "../../../store/files/whole-file.js";
import { evaluateTatoeba } from "../../evaluate/tatoeba.js";
import type { TatoebaSet } from "../begin/tatoeba-set.js";
import type { Loop, Round } from "../loop.js";

/** Closed-set accuracy to English by the loop's languages; between 0 and 1. */
export type TatoebaAccuracy = Readonly<Record<string, number>>;

const ACCURACY = "accuracy x→en";

/** Measures a round's encoder once, each side's mean subtracted. */
export async function evaluateRound(
  { run, stages, options }: Loop,
  { number, encoder }: Round,
  { folder, codes, hash, states }: TatoebaSet,
): Promise<TatoebaAccuracy> {
  const { threads, signal, onEvent } = options;
  const { evaluation } = stages.rounds[number];
  const file = join(run.path, evaluation.files[0]);
  return run.keep({
    ...evaluation,
    key: { encoder: encoder.key, languages: Object.fromEntries(codes), files: hash },
    make: async () => {
      const languages = [...codes.values()];
      const how = { ...encoder.options, encoder: encoder.name ?? encoder.folder, centre: true, languages };
      const { rows } = await evaluateTatoeba(folder, { ...how, threads, signal, onEvent });
      await refuseChanges(states);
      const accuracyOf = (code: string) => rows.find(({ name }) => name === code)!.figures[ACCURACY].value;
      return Object.fromEntries(Array.from(codes, ([language, code]) => [language, accuracyOf(code)]));
    },
    save: (accuracy) => writeWholeText(file, `${JSON.stringify(accuracy, null, 2)}\n`),
    load: async () => JSON.parse(await readFile(file, "utf8")),
  });
}
