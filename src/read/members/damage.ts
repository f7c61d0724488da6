/** What is wrong with the member in hand; who reads the members knows the place. */
export class Damage extends Error {}
