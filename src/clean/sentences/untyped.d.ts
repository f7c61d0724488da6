// The part that we use of a package without types.

declare module "sentencex" {
  /** The sentences of a text with the space after them: put together they are the text. */
  export function segment(language: string, text: string): string[];
}
