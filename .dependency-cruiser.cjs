/** What may import what; `npm run check` names the rule that broke and its reason. */

const { readFileSync } = require("node:fs");

const stages = [
  "read",
  "clean",
  "embed",
  "search",
  "score",
  "rescore",
  "select",
  "filter",
  "write",
  "train",
  "evaluate",
  "report",
  "estimate",
  "align",
  "pages",
];
const anyStage = `^src/(${stages.join("|")})/`;
const base =
  "^src/(wording|errors|events|check-values|check-options)\\.ts$|^src/(types|flow|store|runtime|hub|text|statistics|zstd)/";

/** Rooms of `src/steps/` and `src/store/`, each with those of the same house that it may import. */
const ways = {
  "steps/texts": [],
  "steps/vectors": ["texts"],
  "steps/neighbours": ["texts", "vectors"],
  "steps/pairs": ["texts", "vectors", "neighbours"],
  "steps/runs": ["texts", "vectors", "neighbours", "pairs"],
  "steps/bitexts": ["texts"],
  "store/files": [],
  "store/arrays": ["files"],
  "store/hashes": ["files", "arrays"],
  "store/corpus": ["files", "arrays"],
  "store/run": ["files"],
};

/** Files of which src/index.ts exports something; test/package.test.ts looks at the names. */
const publicFiles = [...readFileSync("src/index.ts", "utf8").matchAll(/ from "\.\/(.+)\.js";/g)].map(
  ([, file]) => `^src/${file}\\.ts$`,
);

/** Files that `await import` alone may load. */
const lazy = [
  "^cli/commands/(?!evaluate/report)",
  "^src/embed/transformer/transformer-encoder\\.ts$",
  "^src/rescore/open-rescorer\\.ts$",
  "^src/read/(tmx/read-tmx|xliff/read-xliff|xces/read-xces)\\.ts$",
  "^src/read/zip/open-zip\\.ts$",
  "^src/read/parquet/(read-rows|list-column)\\.ts$",
  "^src/jobs/filter/read-configuration\\.ts$",
  "^src/train/distil/principal-axes\\.ts$",
];

/** Files that a worker starts from, by their address. */
const workers = "/worker\\.ts$|\\.d\\.ts$";

/** What runs in a browser: it is bundled into one file, which the page of a report holds, and is tested there. */
const page = "^src/report/page/";

/** Third-party packages and the one place where each may enter. */
const doors = {
  commander: "^cli/",
  "onnxruntime-node": "^src/runtime/session\\.ts$",
  "@bufbuild/protobuf": "^src/runtime/(graph|external-data)\\.ts$",
  "shell-quote": "^cli/words\\.ts$",
  "lzma-native": "^src/read/",
  "unbzip2-stream": "^src/read/",
  "hnswlib-node": "^src/search/hnswlib\\.ts$",
  "ml-matrix": "^src/train/distil/principal-axes\\.ts$",
  "jsonc-parser": "^src/text/json-text\\.ts$",
  "p-limit": "^src/flow/map-ordered\\.ts$",
  "@huggingface/jinja": "^src/embed/chat/",
  tokenizers: "^src/embed/tokenizer\\.ts$",
  usearch: "^src/search/usearch\\.ts$",
  "xxhash-wasm": "^src/store/files/xxhash\\.ts$",
  htmlparser2: "^src/read/html/",
  "html-encoding-sniffer": "^src/read/charset/",
  "@exodus/bytes": "^src/read/charset/",
  jschardet: "^src/read/charset/",
  saxes: "^src/read/xml/xml-parser\\.ts$",
  yauzl: "^src/read/zip/open-zip\\.ts$",
  hyparquet: "^src/read/parquet/open-parquet\\.ts$",
  "fasttext.wasm.js": "^src/clean/language/",
  sentencex: "^src/clean/sentences/",
  tinypool: "^src/runtime/worker-pool\\.ts$",
  yaml: "^src/jobs/filter/(read-configuration|resolve-aliases)\\.ts$",
  zod: "^src/filter/|^src/jobs/filter/",
  "@observablehq/plot": page,
};

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one idea, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "stages-meet-in-steps-and-jobs",
      comment:
        "A stage imports its own folder and the base. What joins two stages belongs in src/steps/ if several jobs need it, else in the job's folder.",
      severity: "error",
      from: { path: "^src/([^/]+)/", pathNot: "^src/(jobs|steps|rescore)/" },
      to: { path: "^src/", pathNot: [`^src/$1/`, base] },
    },
    {
      name: "a-rescorer-is-opened-as-an-encoder",
      comment:
        "src/rescore/ reads folders, tokenizers and models by what src/embed/ has for them, and knows no other stage.",
      severity: "error",
      from: { path: "^src/rescore/" },
      to: { path: "^src/", pathNot: ["^src/(rescore|embed)/", base] },
    },
    {
      name: "the-base-knows-no-stage",
      comment:
        "types, wording, errors, events, check-values, check-options, flow, store, runtime, hub, text, statistics and zstd serve every stage and import none.",
      severity: "error",
      from: { path: base },
      to: { path: [anyStage, "^src/(jobs|steps)/"] },
    },
    {
      name: "steps-know-no-job",
      comment: "A step serves several jobs; what knows one of them belongs in that job's folder.",
      severity: "error",
      from: { path: "^src/steps/" },
      to: { path: "^src/jobs/" },
    },
    {
      name: "jobs-do-not-import-jobs",
      comment:
        "What two jobs share is a step. The loop alone runs other jobs: it trains and evaluates in every round.",
      severity: "error",
      from: { path: "^src/jobs/([^/]+)", pathNot: "^src/jobs/criss/" },
      to: { path: "^src/jobs/", pathNot: "^src/jobs/$1(/|$)" },
    },
    ...Object.entries(ways).map(([room, seen]) => {
      const [house] = room.split("/");
      const own = room.slice(house.length + 1);
      return {
        name: `the-way-goes-on-from-${own}`,
        comment: `src/${room}/ may see of src/${house}/ ${seen.join(", ") || "nothing"} alone: data flows one way.`,
        severity: "error",
        from: { path: `^src/${room}/` },
        to: { path: `^src/${house}/`, pathNot: `^src/${house}/(${[own, ...seen].join("|")})/` },
      };
    }),
    {
      name: "used-by-the-library",
      comment: "Nothing that src/index.ts exports uses this file: delete it, or export what needs it.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/", pathNot: `${workers}|${page}`, reachable: false },
    },
    {
      name: "reached-by-a-test",
      comment: "No test can fail when this file breaks: write one, or delete the file.",
      severity: "error",
      from: { path: "^test/.*\\.test\\.ts$" },
      to: { path: "^src/", pathNot: `${workers}|${page}`, reachable: false },
    },
    {
      name: "the-hub-knows-files-alone",
      comment:
        "src/hub/ fetches files of a repository and keeps them; which ones make an encoder, src/embed/ says.",
      severity: "error",
      from: { path: "^src/hub/" },
      to: { path: "^src/", pathNot: "^src/(hub|store)/|^src/(errors|wording)\\.ts$" },
    },
    {
      name: "loaded-when-asked-for",
      comment:
        "A command, and what only some inputs or encoders need, is imported where it is asked for, so that the others start without it.",
      severity: "error",
      from: { path: "^(src|cli)/", pathNot: "^src/index\\.ts$" },
      to: { path: lazy, dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "outside-sees-public-names",
      comment:
        "cli/, pipelines/ and samples/ use what a user of the library can use: what src/index.ts exports, from there or from its own file, so that a command loads no more than it uses.",
      severity: "error",
      from: { path: "^(cli|pipelines|samples)/" },
      to: { path: "^src/", pathNot: ["^src/index\\.ts$", ...publicFiles] },
    },
    {
      name: "src-knows-no-outside",
      comment: "The library must not depend on its command line or its tests.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(cli|pipelines|samples|test)/" },
    },
    ...Object.entries(doors).map(([name, door]) => ({
      name: `one-door-for-${name}`,
      comment: `The package ${name} enters by ${door}, so that it can be replaced in one place.`,
      severity: "error",
      from: { path: "^(src|cli|pipelines|samples)/", pathNot: door },
      to: { path: `node_modules/${name}/` },
    })),
    {
      name: "only-the-bundle-knows-the-page",
      comment: "What runs in a browser is imported by itself alone: the library has its bundle.",
      severity: "error",
      from: { path: "^(src|cli|pipelines|samples)/", pathNot: page },
      to: { path: page },
    },
    {
      name: "declared-dependencies",
      comment: "An import must be a dependency that users get; what is bundled comes with the bundle.",
      severity: "error",
      from: { path: "^(src|cli)/", pathNot: page },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "undetermined"],
        pathNot: "\\.d\\.ts$",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
