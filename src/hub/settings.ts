import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { OptionError } from "../errors.js";

/** Where the hub is, where its files are kept, and who asks. */
export interface HubSettings {
  /** The hub's address, without a slash at its end. */
  endpoint: string;
  /** The folder of the cache, which Python's huggingface_hub shares. */
  cache: string;
  /** Who asks; sent to the endpoint alone. */
  token?: string;
  /** Whether the network must not be used. */
  offline: boolean;
}

/** What to do about an answer that no hub would give. */
export const CHECK_ENDPOINT = "See whether HF_ENDPOINT is the address of a hub.";

const ENDPOINT = "https://huggingface.co";

/**
 * The settings that the environment holds, by the names that Python's huggingface_hub gives them: `HF_ENDPOINT`,
 * `HF_HUB_CACHE`, `HF_HOME`, `HF_TOKEN` or the file that `hf auth login` writes, and `HF_HUB_OFFLINE`.
 *
 * @throws OptionError if one of them cannot be used
 */
export function readHubSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): HubSettings {
  const path = (name: string) => env[name]?.replace(/^~(?=\/|$)/, homedir()) || undefined;
  const isOn = (name: string) => /^(?:1|on|yes|true)$/i.test(env[name] ?? "");
  const home = path("HF_HOME") ?? join(path("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "huggingface");
  const ofFile = () => readToken(path("HF_TOKEN_PATH") ?? join(home, "token"));
  const token = (env.HF_TOKEN ?? "").trim() || (isOn("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? "" : ofFile());
  // The error of a later request would print the token itself.
  if (/[^\x21-\x7e]/.test(token))
    throw new OptionError(
      "HF_TOKEN, or the file that holds the token, has spaces or letters that no token has.",
      { advice: "Set it again." },
    );
  return {
    endpoint: readEndpoint(env.HF_ENDPOINT || ENDPOINT),
    cache: path("HF_HUB_CACHE") ?? path("HUGGINGFACE_HUB_CACHE") ?? join(home, "hub"),
    token: token || undefined,
    offline: isOn("HF_HUB_OFFLINE"),
  };
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const hasMore = url && (url.username || url.password || url.search || url.hash);
  // The parsed address, without the spaces around it.
  if (url && /^https?:$/.test(url.protocol) && !hasMore) return url.href.replace(/\/+$/, "");
  const found = url ? `${url.protocol}//${url.host}${hasMore ? " and more" : ""}` : "no address";
  throw new OptionError(
    `HF_ENDPOINT is ${found}; expected the hub's address without user, password or query, such as ${ENDPOINT}.`,
  );
}

function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
