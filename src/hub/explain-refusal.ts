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
  const refusal = (problem: string, advice?: string) =>
    new ModelError(`${repository}: ${problem}`, { advice, cause: error });
  if (host !== undefined)
    return refusal(
      `${endpoint} leads to ${host}, which refuses (${status}).`,
      "Try again; if it happens again, ask whether a firewall or a proxy is in the way.",
    );
  if (code === "GatedRepo" || (status === 403 && code === undefined))
    return refusal(
      token ? `is gated, and the account of HF_TOKEN has no access (${status}).` : `is gated (${status}).`,
      token
        ? `Accept its terms at ${page} with that account, and try again.`
        : `Accept its terms at ${page}, and set HF_TOKEN to a token of that account.`,
    );
  if (status === 401 && token && code !== "RepoNotFound")
    return refusal(`the hub refuses the token (${status}).`, "Set HF_TOKEN to a valid one, or unset it.");
  if (
    status === 401 ||
    code === "RepoNotFound" ||
    (status === 404 && code === undefined && file === undefined)
  )
    return refusal(
      `${endpoint} has no such repository, or it is private${token ? " and the token gives no access" : ""} (${status}).`,
      token ? "Check the name." : "Check the name; if it is private, set HF_TOKEN.",
    );
  if (code === "RevisionNotFound")
    return refusal(`has no revision ${revision} (${status}).`, `See its branches and tags at ${page}.`);
  if (status === 404)
    return refusal(`the hub does not have its file ${file} (${status}), though it is listed.`);
  return refusal(`the hub ${error.message}, which is unexpected.`, `Look at ${page}.`);
}
