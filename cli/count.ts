/** How many there are of something: `1 pair`, `2 pairs`. */
export function count(n: number, one: string, several = `${one}s`): string {
  return `${n} ${n === 1 ? one : several}`;
}
