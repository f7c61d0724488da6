/** Places by the group that they belong to: those of group g are `places` from `starts[g]` up to `starts[g + 1]`, ascending. */
export interface GroupedPlaces {
  starts: Uint32Array;
  places: Uint32Array;
}

/** Groups the places of an array by their value (a counting sort); a value that is no group's number belongs to none. */
export function groupPlaces(values: Uint32Array, groups: number): GroupedPlaces {
  const starts = new Uint32Array(groups + 1);
  for (const group of values) if (group < groups) starts[group + 1]++;
  for (let group = 0; group < groups; group++) starts[group + 1] += starts[group];
  const next = starts.slice(0, groups);
  const places = new Uint32Array(starts[groups]);
  for (const [place, group] of values.entries()) if (group < groups) places[next[group]++] = place;
  return { starts, places };
}
