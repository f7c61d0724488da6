import type { ReportPart, ScoreBand } from "../model.js";
import { type Child, element } from "./element.js";
import type { LabelStore } from "./label-store.js";
import { bandName, judged, labelKey, labelsToTsv, precisions } from "./labels.js";
import { counted, whole, withInterval } from "./numbers.js";
import { pairCard } from "./pair-card.js";
import { saveFile } from "./save-file.js";
import { table } from "./table.js";

/** Pairs to look at and to judge, by bands of the score, the highest first. */
export function pairsSection({ bands, scores }: ReportPart, id: string, store: LabelStore): Child {
  if (!bands || !scores) return undefined;
  const summary = element("div", { class: "judged", "aria-live": "polite" });
  const unsaved = element(
    "p",
    { class: "hint", hidden: true },
    "This browser does not keep answers: save them.",
  );
  const save = element("button", { type: "button" }, "Save the answers as TSV");
  save.addEventListener("click", () =>
    saveFile(`${id}-labels.tsv`, labelsToTsv({ bands, decimals: scores.decimals }, store.labels)),
  );
  const nameOf = (band: number) => bandName(bands, band, scores.decimals);
  const showJudged = () => {
    const counts = judged(bands, store.labels);
    const shares = precisions(counts);
    const all = shares[0]?.upwards;
    save.disabled = all === undefined;
    summary.replaceChildren(
      element(
        "p",
        {},
        all
          ? `Judged precision of all pairs: ${withInterval(all)}, each band weighing what it has pairs.`
          : "No pair is judged yet. Answers give the precision of each band, and of all pairs, with an interval.",
      ),
      table(
        "What was judged, by band",
        ["score", "pairs", "judged", "right", "precision", "from here up"],
        counts
          .map(({ pairs, judged, right }, band) => [
            nameOf(band),
            whole(pairs),
            whole(judged),
            whole(right),
            shares[band].own ? withInterval(shares[band].own) : "–",
            shares[band].upwards ? withInterval(shares[band].upwards) : "–",
          ])
          .reverse(),
      ),
    );
  };
  const cards = bands.map((band, i) =>
    bandDetails(band, nameOf(i), (pair) => {
      const key = labelKey(band.shown[pair]);
      return pairCard(band.shown[pair], {
        name: `${id}-${i}-${pair}`,
        label: store.labels.get(key),
        onLabel: (label) => {
          unsaved.hidden = store.set(key, label);
          showJudged();
        },
      });
    }),
  );
  cards.at(-1)?.setAttribute("open", "");
  showJudged();
  return element(
    "section",
    {},
    element("h3", {}, "Pairs to look at"),
    element(
      "p",
      { class: "hint" },
      `Drawn evenly over ${counted(bands.length, "band")} of scores. Marked are `,
      element("mark", { class: "shared-number" }, "numbers"),
      " of both sides, ",
      element("mark", { class: "odd-number" }, "numbers"),
      " of one side alone, and ",
      element("mark", { class: "copied" }, "words"),
      " that both sides have.",
    ),
    cards.reverse(),
    element("h4", {}, "Your answers"),
    summary,
    element(
      "p",
      {},
      save,
      " ",
      element("code", {}, `crisscross evaluate labels ${id}-labels.tsv`),
      " reads them.",
    ),
    unsaved,
  );
}

/** A band that is opened and closed; its pairs are made when it is opened first. */
function bandDetails(
  { pairs, shown }: ScoreBand,
  name: string,
  card: (pair: number) => HTMLElement,
): HTMLElement {
  const details = element(
    "details",
    { class: "band" },
    element("summary", {}, `${name} · ${counted(pairs, "pair")}, ${whole(shown.length)} shown`),
  );
  const fill = () => {
    if (details.open && details.childElementCount === 1)
      details.append(...shown.map((_, pair) => card(pair)));
  };
  details.addEventListener("toggle", fill);
  return details;
}
