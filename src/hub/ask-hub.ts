import { ModelError } from "../errors.js";
import { explainRefusal } from "./explain-refusal.js";
import { eitherSignal, type HubContext } from "./hub-context.js";
import { type HubName, isCommit } from "./hub-name.js";
import { type HubFile, parseListing } from "./listing.js";
import { Unavailable } from "./refused.js";
import { request } from "./request.js";
import { retry } from "./retry.js";
import { CHECK_ENDPOINT } from "./settings.js";

/**
 * The commit that a revision is at.
 *
 * @throws ModelError if there is none, or the hub cannot be asked
 */
export async function resolveRevision(name: HubName, hub: HubContext): Promise<string> {
  const { repository, revision } = name;
  if (isCommit(revision)) return revision;
  const { body } = await askJson(`${apiOf(name, hub)}/revision/${encodeURIComponent(revision)}`, name, hub);
  const { sha } = (body ?? {}) as { sha?: unknown };
  if (typeof sha === "string" && isCommit(sha)) return sha;
  throw new ModelError(`${repository}: the hub does not tell the commit of ${revision}.`, {
    advice: CHECK_ENDPOINT,
  });
}

/** Every file of a repository at a commit. */
export async function listFiles(name: HubName, commit: string, hub: HubContext): Promise<HubFile[]> {
  const files: HubFile[] = [];
  let page: string | undefined = `${apiOf(name, hub)}/tree/${commit}?recursive=true`;
  while (page !== undefined) {
    const { body, next }: Answer = await askJson(page, name, hub);
    files.push(...parseListing(name.repository, body));
    page = next;
  }
  return files;
}

interface Answer {
  body: unknown;
  /** The address of the next page. */
  next?: string;
}

async function askJson(url: string, name: HubName, hub: HubContext): Promise<Answer> {
  try {
    return await retry(name.repository, hub, async () => {
      const signal = eitherSignal(AbortSignal.timeout(hub.stallMs), hub.signal);
      try {
        const response = await request(url, { settings: hub.settings, signal });
        const [, next] = /<([^>]*)>;\s*rel="next"/.exec(response.headers.get("link") ?? "") ?? [];
        return { body: await response.json(), next: next && new URL(next, url).href };
      } catch (cause) {
        hub.signal?.throwIfAborted();
        if (cause instanceof SyntaxError)
          throw new ModelError(`${name.repository}: ${url} did not give JSON.`, {
            advice: CHECK_ENDPOINT,
            cause,
          });
        // An answer that breaks off, or never comes.
        if (!(cause instanceof Error) || cause.name === "TimeoutError" || cause instanceof TypeError)
          throw new Unavailable("answers only half, or not at all", { cause });
        throw cause;
      }
    });
  } catch (error) {
    throw explainRefusal(error, name, hub.settings);
  }
}

const apiOf = ({ repository }: HubName, { settings }: HubContext) =>
  `${settings.endpoint}/api/models/${repository}`;
