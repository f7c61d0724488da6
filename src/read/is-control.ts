const TAB = 0x09;
const CR = 0x0d;
const ESCAPE = 0x1b;
const SPACE = 0x20;

/** Whether a byte is a control character that no text has in any character set; ISO-2022-JP has escapes. */
export function isControl(byte: number): boolean {
  return byte < SPACE && (byte < TAB || byte > CR) && byte !== ESCAPE;
}
