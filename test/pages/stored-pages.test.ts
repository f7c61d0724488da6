import { join } from "node:path";
import test from "ava";
import { countPages } from "../../src/jobs/align/pages/count-pages.js";
import { StoredPages } from "../../src/jobs/align/pages/stored-pages.js";
import { temporaryFolder } from "../temporary-folder.js";

function store(folder: string, pages: readonly string[][][]): StoredPages {
  const stored = new StoredPages(join(folder, "pages"));
  for (const [i, blocks] of pages.entries()) stored.add({ blocks, line: i + 1, hreflang: {} });
  return stored;
}

test("sentences of pages in a file are found by number, and so is the page of each", (t) => {
  using pages = store(temporaryFolder(t), [[["a", "b"], ["c"]], [["d"]], [["e"], ["f"]]]);
  const { texts } = pages;
  t.is(texts.length, 6);
  t.deepEqual(
    [5, 0, 3, 2, 4, 1].map((i) => texts.get(i)),
    ["f", "a", "d", "c", "e", "b"],
  );
  t.deepEqual(
    [0, 1, 2, 3, 4, 5].map((i) => pages.pageOf(i)),
    [0, 0, 0, 1, 2, 2],
  );
  t.deepEqual(
    [0, 1, 2, 3].map((page) => pages.firstOf(page)),
    [0, 3, 4, 6],
  );
  t.deepEqual(
    Array.from(pages, ({ line }) => line),
    [1, 2, 3],
  );
});

test("of each sentence the pages are counted that it stands on, each once", async (t) => {
  using pages = store(temporaryFolder(t), [
    [["menu", "a", "menu"], ["b"]],
    [["b", "b", "c"]],
    [["menu"], ["d", "menu", "a"]],
    [["menu"]],
  ]);
  t.deepEqual([...(await countPages(pages))], [3, 2, 3, 2, 2, 2, 1, 3, 1, 3, 2, 3]);
});
