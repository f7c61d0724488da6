import { ModelError } from "../errors.js";
import type { HubName } from "./hub-name.js";
import { Refused } from "./refused.js";
import type { HubSettings } from "./settings.js";

/** What the hub's refusal means and what to do about it, as one sentence; any other error as it is. */
export function explainRefusal(
  error: unknown,
  { repository, revision }: HubName,
  { endpoint, token }: HubSettings,
  file?: string,
): unknown {
  if (!(error instanceof Refused)) return error;
  const { status, code, host } = error;
  const page = `${endpoint}/${repository}`;
  const say = (problem: string) => new ModelError(`${repository}: ${problem}`, { cause: error });
  if (host !== undefined)
    return say(
      `${endpoint} leads to ${host}, which refuses (${status}). Try again; if it happens again, ask whether a firewall or a proxy lets no one there.`,
    );
  if (code === "GatedRepo" || (status === 403 && code === undefined))
    return say(
      token
        ? `is gated, and the account of HF_TOKEN has no access (${status}). Accept its terms at ${page}, with that account, and try again.`
        : `is gated (${status}). Accept its terms at ${page}, and set HF_TOKEN to a token of that account.`,
    );
  if (status === 401 && token && code !== "RepoNotFound")
    return say(`the hub refuses the token (${status}). Set HF_TOKEN to a valid one, or leave it out.`);
  if (
    status === 401 ||
    code === "RepoNotFound" ||
    (status === 404 && code === undefined && file === undefined)
  )
    return say(
      `${endpoint} has no such repository, or it is private${token ? " and the token gives no access" : ": then set HF_TOKEN"} (${status}). Check the name.`,
    );
  if (code === "RevisionNotFound")
    return say(`has no revision ${revision} (${status}). Look at its branches and tags at ${page}.`);
  if (status === 404) return say(`the hub does not have its file ${file} (${status}), though it is listed.`);
  return say(`the hub ${error.message}, which is not understood. Look at ${page}.`);
}
