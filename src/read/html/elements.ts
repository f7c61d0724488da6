/** What an element makes of the text in it; elements inherit it. */
export const IN_LINK = 1;
export const IN_MAIN = 2;
export const IN_FORM = 4;
/** Its name, role or class says that it holds no content: a menu, an advertisement, buttons to share. */
export const ASIDE = 8;
export const IN_PRE = 16;
/** Not text of the page at all. */
export const UNSEEN = 32;

const UNSEEN_ELEMENTS = new Set(
  "applet area audio button canvas datalist embed frameset head iframe input map math meter noembed noframes noscript object option optgroup progress rp rt script select style svg template title track video".split(
    " ",
  ),
);
const ASIDE_ELEMENTS = new Set(["aside", "dialog", "footer", "menu", "nav"]);
const ASIDE_ROLES = new Set(
  "alert alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar".split(
    " ",
  ),
);
const INLINE_ELEMENTS = new Set(
  "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/** Words of a class or an id that stand for what is not content; beside other words too, as in "site-footer". */
const ASIDE_WORDS =
  /(?:^|[\s_-])(?:ads?|advert\w*|breadcrumbs?|byline|consent|cookies?|disclaimer|dropdown|footer|hidden|masthead|menu|nav|navbar|navbox|navigation|newsletter|pager|paginat\w+|popup|print|promo|related|share|sharing|sidebar|skip|social|sponsor\w*|subscribe|tags?|toc|toolbar|widget)(?:$|[\s_-])/i;
const MAIN_WORDS =
  /(?:^|[\s_-])(?:(?:article|entry|post|story|news)[_-]?(?:body|content|text)|mw-parser-output)(?:$|[\s_-])/i;
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;

export type Attributes = Readonly<Record<string, string>>;

/** What the element adds to what its text inherits. */
export function placeOf(name: string, attributes: Attributes, inherited: number): number {
  if (UNSEEN_ELEMENTS.has(name) || isHidden(attributes)) return UNSEEN;
  if (name === "a") return attributes.href === undefined ? 0 : IN_LINK;
  if (name === "main" || name === "article" || attributes.role === "main") return IN_MAIN;
  if (name === "form") return IN_FORM;
  if (name === "textarea") return IN_FORM | IN_PRE;
  if (name === "pre") return IN_PRE;
  if (name === "body" || name === "html") return 0;
  // The header of an article holds its title.
  if (ASIDE_ELEMENTS.has(name) || (name === "header" && !(inherited & IN_MAIN))) return ASIDE;
  if (attributes.role !== undefined && ASIDE_ROLES.has(attributes.role)) return ASIDE;
  const words = `${attributes.class ?? ""} ${attributes.id ?? ""}`;
  if (words.length === 1) return 0;
  if (ASIDE_WORDS.test(words)) return ASIDE;
  return MAIN_WORDS.test(words) || attributes.itemprop === "articleBody" ? IN_MAIN : 0;
}

export function isInline(name: string): boolean {
  return INLINE_ELEMENTS.has(name);
}

function isHidden(attributes: Attributes): boolean {
  return (
    attributes.hidden !== undefined ||
    attributes["aria-hidden"] === "true" ||
    (attributes.style !== undefined && HIDDEN_STYLE.test(attributes.style))
  );
}
