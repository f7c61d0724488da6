import { estimateCosts, type Plan, type StepCost } from "./estimate-costs.js";

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** What a plan takes, step by step, all together, and which step takes most. */
export function formatCosts(plan: Plan): string {
  const steps = estimateCosts(plan);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const sum = (of: (step: StepCost) => number) => steps.reduce((total, step) => total + of(step), 0);
  const all: StepCost = {
    step: "all",
    jobs: sum(({ jobs }) => jobs),
    coreSeconds: sum(({ coreSeconds }) => coreSeconds),
    memoryBytes: Math.max(...steps.map(({ memoryBytes }) => memoryBytes)),
    diskBytes: sum(({ diskBytes }) => diskBytes),
    readBytes: sum(({ readBytes }) => readBytes),
  };
  const table = [
    row([describePlan(plan), "jobs", "core-hours", "memory a job", "disk", "read"]),
    row(["---", "---:", "---:", "---:", "---:", "---:"]),
    ...[...steps, all].map(({ step, jobs, coreSeconds, memoryBytes, diskBytes, readBytes }) =>
      row([step, count(jobs), hours(coreSeconds), ...[memoryBytes, diskBytes, readBytes].map(bytes)]),
    ),
  ];
  const largest = steps.reduce((most, step) => (step.coreSeconds > most.coreSeconds ? step : most));
  const share = Math.round((100 * largest.coreSeconds) / all.coreSeconds);
  return `${table.join("\n")}\n\n\`${largest.step}\` takes most: ${share} % of the core-hours.`;
}

const describePlan = ({ sentences, encoder, index }: Plan) =>
  `${count(sentences)} × ${count(sentences)}, ${encoder}, ${index}`;

const count = (number: number) => number.toLocaleString("en");

/** To two digits. */
const hours = (seconds: number) => round(seconds / 3600).toLocaleString("en");

function bytes(number: number): string {
  const power = Math.max(0, Math.floor(Math.log10(number) / 3));
  return `${round(number / 1000 ** power)} ${UNITS[power]}`;
}

const round = (number: number) => Number(number.toPrecision(2));
