/** An interruption after which there is something to go on with, which the message says. */
export class Interrupted extends Error {
  override name = "Interrupted";
}
