import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, OptionError } from "../../errors.js";
import { LANGUAGE_LISTS } from "../../evaluate/language-lists.js";
import type { Margin } from "../../types.js";
import { searchClosedSet } from "./closed-set.js";
import { checkAligned, type EvaluateOptions, embedAligned, openEvaluated, readLines } from "./lines.js";
import { figureOf, meanFigure, unitsOf } from "./rate.js";
import type { Report } from "./report.js";

export interface TatoebaOptions extends EvaluateOptions {
  /** Languages (ISO 639-3), or all that the folder has. @default "all" */
  languages?: readonly string[];
  /** @default "ratio" */
  margin?: Margin;
  /** @default 4 */
  k?: number;
}

const COLUMNS = [
  "accuracy x→en",
  "accuracy en→x",
  "margin accuracy x→en",
  "margin accuracy en→x",
  "xsim x→en",
];

/**
 * The Tatoeba test set in LASER's layout (`tatoeba.XXX-eng.XXX`, `.eng`): closed-set accuracy, the share of lines whose
 * nearest of the other side by cosine is their own translation, by index (Artetxe & Schwenk 2019b; XTREME; CRISS); the
 * same with a margin; and xsim, the margin's error rate. A row a language, then means over the named lists that the
 * folder has whole.
 */
export async function evaluateTatoeba(folder: string, options: TatoebaOptions = {}): Promise<Report> {
  const { margin = "ratio", k = 4, centre = false, onEvent = () => {} } = options;
  const languages = await chooseLanguages(folder, options.languages);
  const encoder = await openEvaluated(options);
  const rows: Report["rows"] = [];
  let [sentences, space] = [0, encoder.space];
  try {
    for (const [done, language] of languages.entries()) {
      onEvent({ kind: "progress", stage: "tatoeba", done, total: languages.length, unit: "languages" });
      const stem = join(folder, `tatoeba.${language}-eng`);
      const [sources, targets] = [await readLines(`${stem}.${language}`), await readLines(`${stem}.eng`)];
      checkAligned(`${stem}.${language}`, sources, `${stem}.eng`, targets);
      const vectors = await embedAligned(sources, targets, encoder, options);
      const { nearest, margin: chosen } = await searchClosedSet(vectors.source, vectors.target, {
        ...options,
        margin,
        k,
      });
      const columns = [
        nearest.forward,
        nearest.backward,
        chosen.forward,
        chosen.backward,
        chosen.forward.map((hit) => !hit),
      ];
      const figures = columns.map(
        (hits, i) => [COLUMNS[i], figureOf(unitsOf(hits), options.confidence)] as const,
      );
      rows.push({ name: language, figures: Object.fromEntries(figures) });
      [sentences, space] = [sentences + sources.length, vectors.space];
    }
  } finally {
    await encoder.close?.();
  }
  const conditions = { metric: "closed-set-accuracy, xsim", encoder: space, margin, k, centre, sentences };
  return { columns: COLUMNS, rows: [...rows, ...meansOf(rows)], conditions };
}

async function chooseLanguages(folder: string, asked: readonly string[] = ["all"]): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new InputError({ path: folder }, `cannot be read as a folder: ${cause.code}.`, { cause });
  });
  const present = names.flatMap((name) => /^tatoeba\.(\w+)-eng\.\1$/.exec(name)?.[1] ?? []).sort();
  if (present.length === 0)
    throw new InputError(
      { path: folder },
      "has no Tatoeba files; expected tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng.",
    );
  const wanted = asked.flatMap((name) => (name === "all" ? present : (LANGUAGE_LISTS[name] ?? name)));
  const lacking = wanted.filter((language) => !present.includes(language));
  if (lacking.length > 0)
    throw new OptionError(
      `${folder} has no Tatoeba files for ${lacking.join(", ")}; it has ${present.join(", ")}.`,
    );
  return [...new Set(wanted)];
}

function meansOf(rows: Report["rows"]): Report["rows"] {
  const lists = Object.entries({ [`all ${rows.length}`]: rows.map(({ name }) => name), ...LANGUAGE_LISTS });
  return lists.flatMap(([name, languages]) => {
    const members = rows.filter((row) => languages.includes(row.name));
    if (members.length < languages.length) return [];
    const figures = COLUMNS.map((column) => [column, meanFigure(members.map((row) => row.figures[column]))]);
    return {
      name: `mean of ${/^\d+$/.test(name) ? `the ${name}` : name}`,
      figures: Object.fromEntries(figures),
    };
  });
}
