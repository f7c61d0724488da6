import { join } from "node:path";
import { ModelError } from "../errors.js";
import { warning } from "../wording.js";
import { commitsOf, readRefs } from "./cached-models.js";
import type { HubContext } from "./hub-context.js";
import type { HubName } from "./hub-name.js";
import type { RepositoryCache } from "./repository-cache.js";

/**
 * The commit that a name means whose revision the cache does not know, where the hub cannot be asked: the only one that
 * is kept, since a copied cache may have lost its `refs/`.
 *
 * @param reason why the hub did not answer, such as "is not asked"
 * @returns undefined if nothing is kept
 * @throws ModelError if it may be several, or another revision is asked for
 */
export async function resolveKept(
  { repository, revision }: HubName,
  cache: RepositoryCache,
  { tell }: HubContext,
  reason: string,
): Promise<string | undefined> {
  const commits = await commitsOf(cache.folder);
  if (commits.length === 0) return undefined;
  const refs = await readRefs(join(cache.folder, "refs"));
  if (commits.length === 1 && revision === "main" && !refs.some((ref) => ref.revision === revision)) {
    tell(
      warning(
        `${repository}: the cache does not say which commit ${revision} is (there is no refs/${revision}, and the hub ${reason}). The only one that is there is used, ${commits[0]}.`,
      ),
    );
    return commits[0];
  }
  throw new ModelError(
    `${repository}: is in the cache at ${commits.join(" and ")}, but the cache does not say which commit ${revision} is, and the hub ${reason}.`,
    { advice: `Name the commit: ${repository}@${commits[0]}.` },
  );
}
