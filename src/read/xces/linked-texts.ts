import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { ReadUnitsOptions } from "../units/units-options.js";
import type { Group, Link } from "./alignment-parser.js";
import type { Documents } from "./find-document.js";
import { readDocument, type Sentences } from "./read-document.js";

interface Side {
  name: string;
  sentences: Sentences;
}

/** Makes pairs of links, with the texts of the two documents of their group. */
export class LinkedTexts {
  private links = 0;
  private sides?: readonly [source: Side, target: Side];
  /** Why the group's links have no texts: a document of it cannot be read. */
  private lost?: InputError;

  constructor(
    private readonly documents: Documents,
    private readonly report: Report,
    private readonly options: Pick<ReadUnitsOptions, "onLeftOut"> & { path: string; signal?: AbortSignal },
  ) {}

  /** Reads the documents of a group. */
  async open({ from, to, line }: Group): Promise<undefined> {
    this.lost = undefined;
    try {
      this.sides = [await this.load(from, line), await this.load(to, line)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.lost = error;
    }
  }

  /** The pair of a link; undefined where it has no sentences on a side, or is reported. */
  pairOf({ id, line, targets, certainty }: Link): Pair | undefined {
    this.links++;
    const fault = (problem: string): undefined => {
      const place = { path: this.options.path, line };
      this.report(
        new InputError(place, `link ${id || this.links} ${problem}.`, {
          advice: say`Correct it, or pass ${SKIP}.`,
        }),
      );
    };
    if (this.lost) return void this.report(this.lost);
    if (!this.sides) return fault("stands in no <linkGrp> with fromDoc and toDoc");
    const lists = targets.split(";").map((list) => list.split(/\s+/).filter(Boolean));
    if (lists.length !== 2) return fault(`has xtargets="${targets}"; expected "ids;ids"`);
    if (lists.some((ids) => ids.length === 0)) {
      this.options.onLeftOut?.("unit");
      return undefined;
    }
    const texts: string[] = [];
    for (const [i, { name, sentences }] of this.sides.entries()) {
      const missing = lists[i].find((one) => !sentences.has(one));
      if (missing !== undefined) return fault(`names a sentence "${missing}" that ${name} lacks`);
      texts.push(lists[i].map((one) => sentences.get(one)!).join(" "));
    }
    const pair: Pair = { source: texts[0], target: texts[1], line: this.links };
    const score = certainty?.trim() ? Number(certainty) : Number.NaN;
    if (Number.isFinite(score)) pair.score = pair.inputScore = score;
    return pair;
  }

  private async load(name: string, line: number): Promise<Side> {
    const known = this.sides?.find((side) => side.name === name);
    if (known) return known;
    const found = await this.documents.find(name, this.options.signal);
    if (found) return { name, sentences: await readDocument(found.chunks, found.path) };
    throw new InputError({ path: this.options.path, line }, `names a document ${name} that is not there.`, {
      advice: say`Name its folder or zip file with ${option("documents")}.`,
    });
  }
}
