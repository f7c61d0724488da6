/** Characters that XML has no way to write, and surrogates without their half. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text between tags; a carriage return would be read as a newline. What XML cannot hold becomes a space. */
export function escapeText(text: string): string {
  return text.replace(UNWRITABLE, " ").replace(/[&<>\r]/g, (character) => ESCAPES[character]);
}

/** Text between double quotes, where white space would be read as spaces. */
export function escapeAttribute(text: string): string {
  return text.replace(UNWRITABLE, " ").replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]);
}
