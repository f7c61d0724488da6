import type { LanguageMarks } from "./language-marks.js";

/** What pages of several languages have in common, taken from an address. */
export interface AddressKey {
  /** The host without marks of languages, its own label `www` and its last label: `news.example` of `de.news.example.com`. */
  host: string;
  /** All of the address without marks of languages. */
  page: string;
}

/** Names of a query's fields whose value is a language, whichever. */
const LANGUAGE_FIELDS =
  /^(?:(?:set|ui|user|site|page|i18n)?_?(?:lang|language|locale)|hl|lg|l|lc|lng|sprache|langue|lingua|idioma|jezyk|taal)$/;

/**
 * Takes out of an address what tells its language: labels of the host, segments of the path and their ends (`index_de.html`),
 * fields of the query; also its scheme, `www`, the last label of the host, an `index` page and the fragment.
 *
 * @returns undefined for what is no address
 */
export function addressKey(address: string, marks: LanguageMarks): AddressKey | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.host) return undefined;
  const host = keyOfHost(url.hostname, marks);
  const path = decoded(url.pathname).toLowerCase().split("/");
  const segments = path.map((segment) => keyOfSegment(segment, marks)).filter((segment) => segment !== "");
  const fields = [...url.searchParams]
    .map(([name, value]) => [name.toLowerCase(), value.toLowerCase()])
    .filter(([name, value]) => !LANGUAGE_FIELDS.test(name) && !marks.isMark(value) && !marks.isMark(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return { host, page: `${host}:${url.port}/${segments.join("/")}?${fields.join("&")}` };
}

function keyOfHost(host: string, marks: LanguageMarks): string {
  // Numbers are an address of their own, of which nothing is a mark.
  if (/^[\d.]+$|:/.test(host)) return host;
  const labels = host.split(".");
  const own = labels.length > 1 ? labels.slice(0, -1) : labels;
  return own
    .filter((label, i) => label !== "www" && (i === own.length - 1 || !marks.isMark(label)))
    .join(".");
}

function keyOfSegment(segment: string, marks: LanguageMarks): string {
  const [, stem, ending] = /^(.*?)(\.(?:html?|xhtml|php\d?|aspx?|jsp|cgi|shtml|pdf|txt|md))?$/.exec(segment)!;
  if (marks.isMark(stem)) return "";
  const parts = stem.split(/([._-])/);
  // Names and their separators alternate: a mark goes with the separator beside it.
  if (parts.length > 2 && marks.isMark(parts.slice(-3).join(""))) parts.splice(-4);
  else if (parts.length > 2 && marks.isMark(parts[parts.length - 1])) parts.splice(-2);
  else if (parts.length > 2 && marks.isMark(parts[0])) parts.splice(0, 2);
  const rest = parts.join("");
  return /^(?:index|default)?$/.test(rest) ? "" : `${rest}${ending === undefined ? "" : ".html"}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
