/** The hub does not answer, or not now; asking again may help. */
export class Unavailable extends Error {
  readonly status?: number;
  /** How long the server asks to wait. */
  readonly afterMs?: number;

  /** @param problem to be read after the hub's name */
  constructor(
    problem: string,
    { status, afterMs, cause }: { status?: number; afterMs?: number; cause?: unknown } = {},
  ) {
    super(problem, { cause });
    this.status = status;
    this.afterMs = afterMs;
  }
}

/** The hub refuses, and would again. */
export class Refused extends Error {
  /**
   * @param code what the hub calls it, such as `GatedRepo`
   * @param host who refuses, where that is another than the hub, which led there
   */
  constructor(
    readonly status: number,
    readonly code?: string,
    readonly host?: string,
  ) {
    super(`answered ${status}${code ? ` (${code})` : ""}`);
  }
}
