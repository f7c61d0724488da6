/** The user interrupted, and there is more to say of what is left than that nothing is half-written. */
export class Interrupted extends Error {
  override name = "Interrupted";
}
