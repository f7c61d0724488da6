import type { EstimatedPoint, PrecisionEstimate } from "../types/estimate.js";

/** What a threshold is chosen by: the best F1, or a precision that is to be kept. */
export type Aim = { by: "f1" } | { by: "precision"; least: number };

/** The chosen point; or, in words, why there is none. */
export type ChosenPoint = { point: EstimatedPoint } | { unknown: string };

/** Where hardly any pair may be right, no threshold is worth a choice. */
const LEAST_LOW = 1 / 3;

/** The threshold of the best estimated F1, or the lowest that keeps a precision and is worth a choice. */
export function choosePoint(estimate: PrecisionEstimate, aim: Aim): ChosenPoint {
  if ("unknown" in estimate) return estimate;
  const { points } = estimate;
  const point = aim.by === "f1" ? bestF1(points) : lowest(points, aim.least);
  if (point === undefined) {
    const [{ precision, threshold }] = points;
    return {
      unknown: `even from ${threshold} up only about ${below(precision)} of the pairs are right`,
    };
  }
  const { precision, low, high } = point;
  if (low < LEAST_LOW)
    return {
      unknown: `right and wrong pairs look alike: at ${point.threshold} about ${percent(precision)} are right, and it may be anything from ${percent(low)} to ${percent(high)}`,
    };
  return { point };
}

function lowest(points: readonly EstimatedPoint[], least: number): EstimatedPoint | undefined {
  const keeping = points.filter(({ precision }) => precision >= least);
  return keeping.findLast(({ low }) => low >= LEAST_LOW) ?? keeping.at(-1);
}

function bestF1(points: readonly EstimatedPoint[]): EstimatedPoint {
  const f1 = ({ precision, recall }: EstimatedPoint) => (2 * precision * recall) / (precision + recall);
  return points.reduce((best, point) => (f1(point) >= f1(best) ? point : best));
}

/** Of what is too little: 99.97 % is not all. */
function below(share: number): string {
  return share < 0.99 ? percent(share) : `${Math.floor(1000 * share) / 10} %`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
