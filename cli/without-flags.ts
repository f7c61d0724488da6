/** What a job gets of the flags of its command: all but those that the command itself follows. */
export function withoutFlags<F extends object, const N extends readonly string[]>(
  flags: F,
  ...own: N
): Omit<F, N[number]> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !own.includes(name))) as Omit<
    F,
    N[number]
  >;
}
