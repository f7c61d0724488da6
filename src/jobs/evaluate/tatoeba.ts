import { join } from "node:path";
import { pairedBootstrap } from "../../evaluate/bootstrap.js";
import { shareOf } from "../../evaluate/closed-set.js";
import { LANGUAGE_LISTS } from "../../evaluate/language-lists.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import type { Encoder } from "../../types/encoder.js";
import type { Margin } from "../../types/pairs.js";
import { embedAligned, readAligned } from "./lines.js";
import { type ComparedOptions, openEncoders, promptOf } from "./open-encoders.js";
import { figureOf, meanFigure, unitsOf } from "./rate.js";
import type { Figure, Report } from "./report.js";
import { type ClosedSet, searchClosedSet } from "./search-closed-set.js";
import { chooseLanguages } from "./tatoeba-languages.js";

/** The encoder, and the languages of the Tatoeba test set. */
export interface TatoebaOptions extends ComparedOptions {
  /** Languages (ISO 639-3), or all that the folder has. @default "all" */
  languages?: readonly string[];
  /** @default "ratio" */
  margin?: Margin;
  /** @default 4 */
  k?: number;
}

/**
 * The Tatoeba test set in LASER's layout (`tatoeba.XXX-eng.XXX`, `.eng`): closed-set accuracy, the share of lines whose
 * nearest of the other side by cosine is their own translation, by index (Artetxe & Schwenk 2019b; XTREME; CRISS); the
 * same with a margin; and xsim, the margin's error rate. A row a language, then means over the named lists that the
 * folder has whole.
 */
export async function evaluateTatoeba(folder: string, options: TatoebaOptions = {}): Promise<Report> {
  const { margin = "ratio", k = DEFAULT_K, onEvent = () => {} } = options;
  const settled = { ...options, margin, k, openK: options.k === undefined };
  const languages = await chooseLanguages(folder, options.languages);
  await using encoders = await openEncoders(options);
  const { encoder, other } = encoders;
  const rows: Report["rows"] = [];
  let [sentences, space, centre, otherCentre] = [0, encoder.space, false, false];
  for (const [done, language] of languages.entries()) {
    onEvent({ kind: "progress", stage: "tatoeba", done, total: languages.length, unit: "languages" });
    const ours = await evaluateLanguage(folder, language, encoder, settled);
    const theirs = other && (await evaluateLanguage(folder, language, other, settled));
    const gains = theirs ? gainsOf(ours.closedSet, theirs.closedSet) : {};
    rows.push({ name: language, figures: { ...figuresOf(ours.closedSet, options.confidence), ...gains } });
    [sentences, space, centre] = [sentences + ours.lines, ours.space, ours.centre];
    otherCentre = theirs?.centre ?? centre;
  }
  const conditions = {
    metric: "closed-set-accuracy, xsim",
    encoder: space,
    ...(other && { against: other.space }),
    ...promptOf(encoder),
    margin,
    k,
    centre,
    ...(otherCentre !== centre && { "against centre": otherCentre }),
    sentences,
  };
  return { columns: Object.keys(rows[0].figures), rows: [...rows, ...meansOf(rows)], conditions };
}

async function evaluateLanguage(
  folder: string,
  language: string,
  encoder: Encoder,
  options: TatoebaOptions & { margin: Margin; k: number; openK: boolean },
): Promise<{ closedSet: ClosedSet; lines: number; space: string; centre: boolean }> {
  const stem = join(folder, `tatoeba.${language}-eng`);
  const lines = await readAligned(`${stem}.${language}`, `${stem}.eng`);
  const { source, target, ...how } = await embedAligned(lines, encoder, options);
  const boundedK = options.openK && how.centre;
  const closedSet = await searchClosedSet(source, target, { ...options, boundedK });
  return { closedSet, lines: lines.source.length, ...how };
}

function figuresOf({ nearest, margin }: ClosedSet, confidence?: boolean): Record<string, Figure> {
  const figure = (hits: boolean[]) => figureOf(unitsOf(hits), confidence);
  return {
    "accuracy x→en": figure(nearest.forward),
    "accuracy en→x": figure(nearest.backward),
    "margin accuracy x→en": figure(margin.forward),
    "margin accuracy en→x": figure(margin.backward),
    "xsim x→en": figure(margin.forward.map((hit) => !hit)),
  };
}

function gainsOf(ours: ClosedSet, theirs: ClosedSet): Record<string, Figure> {
  const gain = (a: boolean[], b: boolean[]): Figure => ({
    value: shareOf(a) - shareOf(b),
    interval: pairedBootstrap(unitsOf(a), unitsOf(b)),
  });
  return {
    "gained x→en": gain(ours.nearest.forward, theirs.nearest.forward),
    "gained en→x": gain(ours.nearest.backward, theirs.nearest.backward),
  };
}

function meansOf(rows: Report["rows"]): Report["rows"] {
  const lists = Object.entries({
    [`all ${rows.length}`]: rows.map(({ name }) => name),
    ...LANGUAGE_LISTS,
  });
  return lists.flatMap(([name, languages]) => {
    const members = rows.filter((row) => languages.includes(row.name));
    if (members.length < languages.length) return [];
    const figures = Object.keys(members[0].figures).map((column) => [
      column,
      meanFigure(members.map((row) => row.figures[column])),
    ]);
    return {
      name: `mean of ${/^\d+$/.test(name) ? `the ${name}` : name}`,
      figures: Object.fromEntries(figures),
    };
  });
}
