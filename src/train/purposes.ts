/** What random numbers are drawn for; each purpose has its own streams. */
export const PURPOSE = { heldOut: 1, group: 2, order: 3, pieces: 4, table: 5, adapter: 6 } as const;
