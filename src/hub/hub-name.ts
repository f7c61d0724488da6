import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";

/** A repository of the hub, and which of its revisions. */
export interface HubName {
  /** `owner/name`. */
  repository: string;
  /** A branch, a tag, or a commit. */
  revision: string;
}

const MAIN = "main";

const NAME = /^(?<repository>\w[\w.-]*\/\w[\w.-]*?)(?:@(?<revision>.*))?$/;
const REVISION = /^\w[\w.+-]*(?:\/\w[\w.+-]*)*$/;

/**
 * What a name means on the hub: `owner/name`, or `owner/name@revision`; nothing if it cannot be one of the hub's.
 *
 * @param revision the same as after `@`
 * @throws OptionError if the revision is none, or given twice
 */
export function parseHubName(name: string, revision?: string): HubName | undefined {
  const { repository, revision: named } = NAME.exec(name)?.groups ?? {};
  // The hub has no such names, and the cache's folders could not tell them from others.
  if (repository === undefined || /--|\.\.|[.-](?:\/|$)|\.git$/.test(repository)) return undefined;
  if (named !== undefined && revision !== undefined)
    throw new OptionError(
      say`${name}: names the revision ${named}, and ${option("revision")} is ${revision}.`,
      { advice: "Give one of them." },
    );
  const chosen = named ?? revision ?? MAIN;
  if (!REVISION.test(chosen) || chosen.includes(".."))
    throw new OptionError(
      say`${repository}: ${option("revision")} is ${chosen}; expected a branch, a tag or a commit.`,
    );
  return { repository, revision: chosen };
}

export const isCommit = (revision: string) => /^[0-9a-f]{40}$/.test(revision);
