import {
  CrisscrossError,
  type ErrorWording,
  InputError,
  ModelError,
  OptionError,
  OutputError,
  type Place,
} from "../errors.js";
import type { Wording } from "../wording.js";

/** An error on its way between threads, which would lose its class and its fields. */
export interface CarriedError {
  name: string;
  message: string;
  stack?: string;
  /** Of an error of ours. */
  wording?: ErrorWording;
  /** Of an InputError. */
  place?: Place;
}

const KINDS: Record<
  string,
  new (
    problem: Wording,
    details: Pick<ErrorWording, "advice">,
  ) => CrisscrossError
> = {
  CrisscrossError,
  ModelError,
  OptionError,
  OutputError,
};

export function packError(error: unknown): CarriedError {
  const { name, message, stack } = error as Error;
  const { wording } = error as Partial<CrisscrossError>;
  return { name, message, stack, wording, place: error instanceof InputError ? error.place : undefined };
}

export function unpackError({ name, message, stack, wording, place }: CarriedError): Error {
  if (wording && place) return new InputError(place, wording.problem, wording);
  if (wording && KINDS[name]) return new KINDS[name](wording.problem, wording);
  // Of other errors, the stack is all that helps.
  return Object.assign(new Error(message), { name, stack });
}
