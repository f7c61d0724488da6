import { InputError } from "../errors.js";
import type { Report } from "./faults.js";

/** What each item parses to, if anything; one that cannot be parsed is reported, and left out if the report returns. */
export async function* parseEach<T, R>(
  groups: AsyncIterable<T[]>,
  parse: (item: T) => R | undefined,
  report: Report,
): AsyncGenerator<R[]> {
  for await (const group of groups) {
    const parsed: R[] = [];
    for (const item of group) {
      try {
        const result = parse(item);
        if (result) parsed.push(result);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        report(error);
      }
    }
    yield parsed;
  }
}
