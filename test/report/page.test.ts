import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import type { Browser, Page } from "playwright-core";
import { evaluateLabels } from "../../src/jobs/evaluate/labels.js";
import { report } from "../../src/jobs/report/report.js";
import { writeReport } from "../../src/jobs/report/write-report.js";
import { selectRun } from "../../src/jobs/select-run.js";
import { crisscross } from "../cli/terminal.js";
import { CHROMIUM, openBrowser } from "./browser.js";

/** One that would run, if a text were read as HTML, and harms nobody. */
const MARKUP =
  "<b>bold</b><img src=x onerror=\"document.title='run'\"></script><script>document.title='run'</script>";
const ARABIC = "فتح المخبز الواقع على الميناء أبوابه في الساعة 6.";
const JAPANESE = "港のパン屋は6時に開く。";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
const [run, bitext, page] = ["run", "scored.tsv", "report.html"].map((name) => join(folder, name));
const inChromium = CHROMIUM ? test.serial : test.serial.skip;
let browser: Browser;
let open: Page;
/** What went wrong on the page, and what it asked for beside itself. */
const told: string[] = [];

test.before(async (t) => {
  const fast = ["--encoder", "ngram", "--dimensions", "64", "--threads", "1", "--quiet"];
  const output = ["--run", run, "-o", join(folder, "p.tsv")];
  await crisscross(["mine", "samples/town.de", "samples/town.en", ...fast, ...output]);
  const rows = [MARKUP, ARABIC, JAPANESE].map(
    (text, i) => `${1 + i / 10}\t${text}\tSentence ${i}, 6 o'clock\n`,
  );
  writeFileSync(bitext, rows.join(""));
  await writeReport(await report([run, bitext], { against: bitext }), page);
  if (!CHROMIUM)
    return t.log("Chromium is not installed here (Debian: apt install chromium): the page is not tried.");
  browser = await openBrowser();
  open = await browser.newPage({ viewport: { width: 1400, height: 900 }, acceptDownloads: true });
  open.setDefaultTimeout(10_000);
  open.on("console", (message) => told.push(message.text()));
  open.on("pageerror", (error) => told.push(error.message));
  open.on("request", (request) => {
    if (request.url() !== pathToFileURL(page).href) told.push(`asked for ${request.url()}`);
  });
  await open.goto(pathToFileURL(page).href);
});

test.after.always(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a page is one file below 2 MB, whose policy lets nothing be fetched and no other script run", (t) => {
  t.true(statSync(page).size < 2e6);
  const html = readFileSync(page, "utf8");
  t.regex(
    html,
    /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'unsafe-inline'; /,
  );
  t.false(html.includes(MARKUP));
  t.is(html.match(/<\/script>/g)!.length, 2);
});

inChromium("a page opens without errors and without asking for anything", async (t) => {
  await open.getByRole("heading", { name: "Where to cut" }).first().waitFor();
  t.is(await open.locator(".chart svg").count(), 4);
  t.deepEqual(told, []);
});

inChromium(
  "the slider, by keyboard as well, tells how many pairs select gives at its threshold",
  async (t) => {
    const slider = open.locator("#part1-threshold");
    await slider.focus();
    for (const key of ["Home", "ArrowRight", "PageUp", "End"]) {
      await slider.press(key);
      const threshold = (await open.locator("output").first().textContent())!;
      let pairs = 0;
      for await (const _ of selectRun(run, { threshold: Number(threshold) })) pairs++;
      const shown = await open.locator("#part1 [data-what=pairs]").textContent();
      t.is(shown?.split(" ")[0], String(pairs), `${key}: ${threshold}`);
      const command = await open.locator("#part1 code").first().textContent();
      t.is(command, `crisscross select ${run} --threshold ${threshold}`);
    }
  },
);

inChromium("answers give the precision, are kept, and are saved as evaluate labels reads them", async (t) => {
  // The first band, from the highest down, that has three pairs.
  const counts = await open.locator("#part1 .band summary").allTextContents();
  const place = counts.findIndex((text) => Number(/(\d+) shown/.exec(text)![1]) >= 3);
  const band = open.locator("#part1 .band").nth(place);
  const field = (name: string, pair: number) =>
    band.locator(".pair").nth(pair).getByLabel(name, { exact: true });
  const show = () => band.evaluate((details) => details.setAttribute("open", ""));
  await show();
  for (const [pair, name] of ["right", "right", "wrong"].entries()) await field(name, pair).check();
  await open.reload();
  await show();
  t.true(await field("wrong", 2).isChecked());
  t.regex(
    (await open.locator("#part1 .judged p").textContent())!,
    /^Judged precision of all pairs: 66\.7 % \(20\.8 % to 93\.9 %\)/,
  );
  const [download] = await Promise.all([
    open.waitForEvent("download"),
    open.locator("#part1").getByRole("button", { name: "Save" }).click(),
  ]);
  t.is(download.suggestedFilename(), "part1-labels.tsv");
  const { rows, conditions } = await evaluateLabels(await download.path(), {});
  t.is(rows[0].figures.precision.value, 2 / 3);
  t.is(conditions.pairs, 3);
  t.deepEqual(told, []);
});

inChromium("a sentence with markup is shown as it is, and nothing of it runs", async (t) => {
  await open.locator("#part2 details").evaluateAll((all) => {
    for (const details of all as HTMLDetailsElement[]) details.open = true;
  });
  await open.locator("#part2 .band .pair").nth(2).waitFor();
  const texts = await open.locator("#part2 .pair .text").allTextContents();
  for (const text of [MARKUP, ARABIC, JAPANESE]) t.true(texts.includes(text), text);
  t.is(await open.locator("main img, main b, main script").count(), 0);
  t.is(await open.title(), "crisscross report");
  const direction = (text: string) =>
    open
      .locator("#part2 .sentence", { hasText: text })
      .first()
      .evaluate((one) => getComputedStyle(one).direction);
  t.is(await direction(ARABIC.slice(0, 9)), "rtl");
  t.is(await direction("パン屋"), "ltr");
});

inChromium("axe finds nothing serious in either theme, and nothing is wider than a telephone", async (t) => {
  await open.evaluate(AXE);
  for (const theme of ["light", "dark"]) {
    await open.getByLabel("Theme").selectOption(theme);
    const { violations } = await open.evaluate<{
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }>("axe.run()");
    t.deepEqual(
      violations.filter(({ impact }) => ["serious", "critical"].includes(impact)),
      [],
      theme,
    );
  }
  await open.setViewportSize({ width: 400, height: 900 });
  t.is(await open.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
  t.deepEqual(told, []);
});
