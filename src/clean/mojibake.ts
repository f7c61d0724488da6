/** UTF-8 that was read as windows-1252 or ISO 8859-1, once or twice, set right where that is certain; else the text as it is. */
export function repairMojibake(_text: string): string {
  throw new Error("not written yet");
}

/** Whether a text shows signs of it that cannot be repaired. */
export function hasMojibake(_text: string): boolean {
  throw new Error("not written yet");
}
