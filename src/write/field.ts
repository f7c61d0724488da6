const SEPARATORS = /[\t\n\r]+/g;

/** A text as a field: what separates fields and lines becomes a space. */
export const toField = (text: string): string => text.replace(SEPARATORS, " ");
