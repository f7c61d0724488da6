import { ModelError } from "../errors.js";
import { explainRefusal } from "./explain-refusal.js";
import { eitherSignal, type HubContext } from "./hub-context.js";
import { type HubName, isCommit } from "./hub-name.js";
import { type HubFile, parseListing } from "./listing.js";
import { Unavailable } from "./refused.js";
import { request } from "./request.js";
import { retry } from "./retry.js";
import { CHECK_ENDPOINT } from "./settings.js";

/** A page has 1000 files. */
const MOST_PAGES = 100;
/** Of one answer. */
const MOST_MIB = 16;

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

/**
 * Every file of a repository at a commit.
 *
 * @throws ModelError if the list does not end
 */
export async function listFiles(name: HubName, commit: string, hub: HubContext): Promise<HubFile[]> {
  const files: HubFile[] = [];
  let page: string | undefined = `${apiOf(name, hub)}/tree/${commit}?recursive=true`;
  for (let pages = 0; page !== undefined; pages++) {
    if (pages === MOST_PAGES)
      throw new ModelError(
        `${name.repository}: the hub's list of its files goes on after ${MOST_PAGES} pages, which no encoder needs.`,
        { advice: CHECK_ENDPOINT },
      );
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
        const body = JSON.parse(await readText(response, name));
        return { body, next: next && new URL(next, url).href };
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

/** @throws ModelError if an answer does not end */
async function readText(response: Response, { repository }: HubName): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the answer.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_MIB * 2 ** 20)
      throw new ModelError(
        `${repository}: an answer of the hub goes on after ${MOST_MIB} MiB, which no encoder needs.`,
        { advice: CHECK_ENDPOINT },
      );
  }
  return Buffer.concat(chunks).toString("utf8");
}

const apiOf = ({ repository }: HubName, { settings }: HubContext) =>
  `${settings.endpoint}/api/models/${repository}`;
