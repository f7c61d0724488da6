import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { decodeText } from "../../../src/read/charset/decode-text.js";
import { readHtml } from "../../../src/read/html/read-html.js";

const blocksOf = (html: string) => readHtml(html).blocks;

const PAGES = "test/read/html/pages";

for (const name of readdirSync(PAGES).filter((one) => one.endsWith(".html"))) {
  test(`the page ${name} gives its content, block by block`, (t) => {
    const { text } = decodeText(readFileSync(join(PAGES, name)));
    const expected = readFileSync(join(PAGES, name.replace(/html$/, "txt")), "utf8");
    t.deepEqual(blocksOf(text), expected.trimEnd().split("\n"));
  });
}

test("blocks are kept apart, and words within them joined", (t) => {
  const html =
    "<p>one <b>two</b>three\n four</p><ul><li>five<li>six</ul><table><td>seven<td>eight</table>nine<h2>ten</h2>";
  t.deepEqual(blocksOf(html), ["one twothree four", "five", "six", "seven", "eight", "nine", "ten"]);
});

test("entities are decoded, in links and at the ends of blocks too", (t) => {
  t.deepEqual(blocksOf("<p>&Eacute;t&eacute; &amp; &#x4E2D;&#25991; &lt;p&gt; 5&nbsp;&euro;&hellip;"), [
    "Été & 中文 <p> 5 €…",
  ]);
});

test("scripts, styles, templates and what is hidden are left out", (t) => {
  const html = `<script>if (a < b) { "<p>x</p>" }</script><style>p::after { content: "y" }</style>
    <template><p>z</p></template><svg><text>v</text></svg><p hidden>h</p><p aria-hidden="true">i</p><p>seen</p>`;
  t.deepEqual(blocksOf(html), ["seen"]);
});

test("a menu without a name is told by its links", (t) => {
  const text = "This paragraph is long enough to be the content of a page, and it ends with a mark.";
  const menu = "<ul><li><a href=1>Home</a><li><a href=2>News</a><li><a href=3>Contact us</a></ul>";
  const line = "<p><a href=1>English</a> | <a href=2>Deutsch</a> | <a href=3>Français</a></p>";
  t.deepEqual(blocksOf(`${menu}<p>${text}</p>${line}`), [text]);
});

test("a sentence full of links stays, and so does a headline that is one", (t) => {
  const links = ["one river", "another river", "a third river"].map((name) => `<a href=x>${name}</a>`);
  const sentence = `<p>Here ${links.join(", ")} meet.</p>`;
  const headline = "<li><a href=y>The three rivers meet again after a dry summer</a></li>";
  t.deepEqual(blocksOf(sentence + headline), [
    "Here one river, another river, a third river meet.",
    "The three rivers meet again after a dry summer",
  ]);
});

test("what calls itself a menu or a form stays where it holds nearly the whole page", (t) => {
  const text = "The whole text of this page is in an element with a name that has the word for a menu in it.";
  t.deepEqual(blocksOf(`<div class="menu"><form><p>${text}</p></form></div>`), [text]);
});

test("a line goes on where its sentence does", (t) => {
  t.deepEqual(blocksOf("<p>It began<br>in spring,<br>1990.<br>Then it ended.<br><br>Later"), [
    "It began in spring, 1990.",
    "Then it ended.",
    "Later",
  ]);
});

test("a page without end tags, or cut anywhere, is read", (t) => {
  const html = "<html><body><div><p>first<p>second<ul><li>third";
  t.deepEqual(blocksOf(html), ["first", "second", "third"]);
  for (let end = 0; end <= html.length; end++) t.true(blocksOf(html.slice(0, end)).length <= 3);
});

test("a page that is nested without end is read as far as five thousand elements deep", (t) => {
  const html = `<p>before</p>${"<div>".repeat(1_000_000)}<p>behind</p>`;
  t.deepEqual(blocksOf(html), ["before"]);
});

test("neither an empty page nor one without text has blocks", (t) => {
  for (const html of ["", "   ", "<html><body><img alt=x></body></html>", "<!-- only this -->"]) {
    t.deepEqual(blocksOf(html), []);
  }
});
