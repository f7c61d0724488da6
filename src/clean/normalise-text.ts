/** Unicode NFC, without control characters, soft hyphens and useless zero-width ones, with single spaces, trimmed. */
export function normaliseText(_text: string): string {
  throw new Error("not written yet");
}
