/**
 * Whether a text that was identified as `found` is of the language that a user asked for: zh asks for both scripts, and
 * Chinese in characters that both scripts share (found as zh) is of either.
 *
 * @param wanted as `parseLanguage` gives it
 */
export function languageCovers(wanted: string, found: string): boolean {
  if (wanted === found) return true;
  const [wantedBase, foundBase] = [wanted.split("-")[0], found.split("-")[0]];
  return wantedBase === foundBase && (wanted === wantedBase || found === foundBase);
}
