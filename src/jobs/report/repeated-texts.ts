import type { Duplicates } from "../../report/model.js";
import type { Side, Sides } from "../../steps/texts/side.js";
import { mostOften } from "./most-often.js";

/** What a run's texts had more than once; it keeps each once, with all places. */
export function repeatedTexts({ source, target }: Sides): Duplicates {
  const repeated = ({ places, texts }: Side) => mostOften(places.times(), texts, 2);
  return {
    counts: [
      { what: "lines of the source whose text had come before", count: source.counts.duplicates },
      { what: "lines of the target whose text had come before", count: target.counts.duplicates },
    ],
    repeated: { source: repeated(source), target: repeated(target) },
  };
}
