import type { EstimatedPoint } from "../../types/estimate.js";
import type { ReportPart, ScoreCurve } from "../model.js";
import { type Child, element } from "./element.js";
import { percent, whole, withInterval } from "./numbers.js";
import { scoreChart } from "./score-chart.js";

const NO_ESTIMATE =
  "There is no estimate of precision: nothing here tells how many of the pairs are right. Judge some of them below.";

/** Where to cut: a histogram of the scores, and what the threshold under a slider keeps. */
export function thresholdSection({ scores: curve, estimate }: ReportPart, id: string): Child {
  if (!curve) return undefined;
  const { thresholds, decimals } = curve;
  const slider = element("input", {
    type: "range",
    id: `${id}-threshold`,
    min: 0,
    max: thresholds.length - 1,
    step: 1,
    value: startOf(curve),
  });
  const label = element("label", { for: slider.id }, "Threshold");
  const output = element("output", { for: slider.id, class: "threshold" });
  const kept = element("dl", { class: "kept", "aria-live": "polite" });
  const command = element("code", {});
  const at = () => Number(slider.value);
  const histogram = scoreChart(curve, estimate, () => thresholds[at()]);
  const show = () => {
    const threshold = thresholds[at()].toFixed(decimals);
    slider.setAttribute("aria-valuetext", threshold);
    output.value = threshold;
    command.textContent = `${curve.command} --threshold ${threshold}`;
    kept.replaceChildren(
      ...keptAt(curve, at(), pointAt(estimate, thresholds[at()])).map(([what, value, as]) =>
        element("div", {}, element("dt", {}, what), element("dd", { "data-what": as }, value)),
      ),
    );
  };
  slider.addEventListener("input", () => {
    show();
    histogram.draw();
  });
  show();
  return element(
    "section",
    {},
    element("h3", {}, "Where to cut"),
    histogram.node,
    legend(estimate),
    element("div", { class: "slider" }, label, slider, output),
    kept,
    curve.command !== undefined && element("p", {}, "These pairs are what ", command, " gives."),
    element(
      "p",
      { class: "hint" },
      "The outermost bars also have what is further away. Words are what spaces part; of scripts without spaces, characters.",
      estimate ? undefined : ` ${NO_ESTIMATE}`,
    ),
  );
}

/** Where the slider begins: at the threshold as mined, or where it keeps all. */
function startOf({ thresholds, threshold }: ScoreCurve): number {
  if (threshold === undefined) return 0;
  const place = thresholds.findIndex((one) => one >= threshold);
  return place < 0 ? thresholds.length - 1 : place;
}

function pointAt(
  estimate: readonly EstimatedPoint[] | undefined,
  threshold: number,
): EstimatedPoint | undefined {
  return estimate?.findLast((point) => point.threshold <= threshold) ?? estimate?.[0];
}

type Kept = [what: string, value: string, as: string];

function keptAt({ pairs, words }: ScoreCurve, place: number, point: EstimatedPoint | undefined): Kept[] {
  return [
    ["pairs", `${whole(pairs[place])} (${percent(pairs[place] / pairs[0])} of ${whole(pairs[0])})`, "pairs"],
    ["words of the source", whole(words.source[place]), "source-words"],
    ["words of the target", whole(words.target[place]), "target-words"],
    [
      "estimated precision",
      point ? withInterval({ ...point, value: point.precision }) : "no estimate",
      "precision",
    ],
    ...(point ? [["estimated recall", percent(point.recall), "recall"] as Kept] : []),
  ];
}

function legend(estimate: readonly EstimatedPoint[] | undefined): Child {
  if (!estimate) return undefined;
  const key = (kind: string, what: string) => element("span", { class: `key ${kind}` }, what);
  return element(
    "p",
    { class: "legend" },
    key("pairs", "pairs"),
    key("good", "estimated precision and its interval (axis on the right)"),
    key("warm", "estimated recall"),
  );
}
