import { CrisscrossError, InputError, ModelError, OptionError, OutputError, type Place } from "../errors.js";

/** An error as it goes from one thread to another, which keeps neither its class nor its fields. */
export interface CarriedError {
  name: string;
  message: string;
  stack?: string;
  /** Of an InputError. */
  input?: { place: Place; problem: string };
}

const KINDS: Record<string, new (message: string) => Error> = {
  CrisscrossError,
  ModelError,
  OptionError,
  OutputError,
};

export function packError(error: unknown): CarriedError {
  const { name, message, stack } = error as Error;
  const input = error instanceof InputError ? { place: error.place, problem: error.problem } : undefined;
  return { name, message, stack, input };
}

export function unpackError({ name, message, stack, input }: CarriedError): Error {
  if (input) return new InputError(input.place, input.problem);
  const error = new (KINDS[name] ?? Error)(message);
  // Of what is no error of ours the stack is all that helps.
  if (!KINDS[name]) Object.assign(error, { name, stack });
  return error;
}
