import {
  CrisscrossError,
  type ErrorWording,
  IndexError,
  InputError,
  ModelError,
  OptionError,
  OutputError,
  type Place,
  TrainingError,
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
  /** What the system answered, where that was the cause. */
  system?: Pick<NodeJS.ErrnoException, "code" | "syscall" | "message">;
}

const KINDS: Record<
  string,
  new (
    problem: Wording,
    details: Pick<ErrorWording, "advice">,
  ) => CrisscrossError
> = {
  CrisscrossError,
  IndexError,
  ModelError,
  OptionError,
  OutputError,
  TrainingError,
};

export function packError(error: unknown): CarriedError {
  const { name, message, stack } = error as Error;
  const { wording } = error as Partial<CrisscrossError>;
  const isInput = error instanceof InputError;
  return {
    name,
    message,
    stack,
    wording,
    place: isInput ? error.place : undefined,
    system: isInput && error.isOfTheSystem ? systemOf(error.cause) : undefined,
  };
}

function systemOf(cause: unknown): CarriedError["system"] {
  const { code, syscall, message } = cause as NodeJS.ErrnoException;
  return { code, syscall, message };
}

export function unpackError({ name, message, stack, wording, place, system }: CarriedError): Error {
  const cause = system && Object.assign(new Error(system.message), system);
  if (wording && place) return new InputError(place, wording.problem, { ...wording, cause });
  if (wording && KINDS[name]) return new KINDS[name](wording.problem, wording);
  // Of other errors, the stack is all that helps.
  return Object.assign(new Error(message), { name, stack });
}
