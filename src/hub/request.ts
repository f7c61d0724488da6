import type { HubContext } from "./hub-context.js";
import { Refused, Unavailable } from "./refused.js";

/** As many as Python's client follows. */
const MOST_REDIRECTS = 20;

/** A server that asks for patience by date or in seconds. */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/**
 * Asks for `url` and follows redirects by hand: the token goes to the endpoint and to no other host.
 *
 * @param alive called whenever the server has answered something
 * @throws Unavailable if it may work later; Refused if it will not; the signal's reason when it aborts
 */
export async function request(
  url: string,
  { settings, signal }: Pick<HubContext, "settings" | "signal">,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { origin } = new URL(settings.endpoint);
  let address = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const isHub = address.origin === origin;
    const response = await fetch(address, {
      redirect: "manual",
      signal,
      headers: {
        // A compressed answer could not be resumed at a byte.
        "accept-encoding": "identity",
        "user-agent": "crisscross",
        ...(isHub && settings.token && { authorization: `Bearer ${settings.token}` }),
        ...headers,
      },
    }).catch((cause) => {
      signal?.throwIfAborted();
      throw new Unavailable(`cannot be reached at ${address.host} (${codeOf(cause)})`, { cause });
    });
    if (response.ok) return response;
    await response.body?.cancel().catch(() => {});
    const location = response.headers.get("location");
    if (location !== null && response.status >= 300 && response.status < 400) {
      if (!URL.canParse(location, address)) break;
      address = new URL(location, address);
      // Addresses with a user and password cannot be fetched, and an error of fetch would print them.
      if (!/^https?:$/.test(address.protocol) || address.username || address.password) break;
      continue;
    }
    const { status } = response;
    if (status === 408 || status === 429 || status >= 500)
      throw new Unavailable(`answered ${status}`, { status, afterMs: retryAfter(response) });
    const code = response.headers.get("x-error-code") ?? undefined;
    throw new Refused(status, code, isHub ? undefined : address.host);
  }
  throw new Refused(310, "redirects that cannot be followed");
}

/** The system's word for what went wrong, which says more than "fetch failed". */
function codeOf(error: unknown): string {
  const { cause, code, message } = error as NodeJS.ErrnoException;
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? code ?? message;
}
