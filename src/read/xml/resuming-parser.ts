import { InputError } from "../../errors.js";
import { BrokenInput, type Report } from "../faults.js";
import type { UnitParser } from "../units/unit.js";
import { findUnit, type UnitNames } from "./find-unit.js";
import type { Start } from "./own-names.js";
import type { Offset } from "./xml-handler.js";

/** Stands for bytes that are no text. XML allows it nowhere, so that its unit cannot be read. */
export const INVALID = "\uffff";

interface LeftOut {
  fault: BrokenInput;
  /** Where the fault is. */
  offset: number;
  /** The line of the unit, or of the fault outside of units. */
  from: number;
  /** The line where the last unit ends that was left out, as far as is known. */
  to: number;
}

/**
 * Reads a document in which some units are broken: goes on at the next unit behind the beginning of the broken one,
 * since nobody knows where that ends. Costs the memory of a unit.
 */
export class ResumingParser {
  private parser: UnitParser;
  /** The text since a unit last began or ended, or since the place where one is looked for. */
  private text = "";
  private start: Offset = { offset: 0, line: 1 };
  private resumed = -1;
  private seeks = false;
  private left?: LeftOut;

  /** @param begin makes a parser, of the document or from a place amid its units */
  constructor(
    private readonly begin: (start?: Start) => UnitParser,
    private readonly units: UnitNames,
    private readonly report: Report,
  ) {
    this.parser = begin();
  }

  /** Takes the next piece. */
  write(piece: string): void {
    this.take(piece, false);
  }

  /** To be called after the last piece. */
  end(): void {
    this.take("", true);
    this.tellLeft();
  }

  private take(piece: string, isLast: boolean): void {
    this.text += piece;
    let fresh = piece;
    for (;;) {
      if (this.seeks) {
        if (!this.seek(isLast)) return;
        fresh = this.text;
      }
      if (this.parse(fresh, isLast)) break;
    }
    this.skipTo(this.parser.xml.boundary.offset);
  }

  /** Whether all is well. */
  private parse(text: string, isLast: boolean): boolean {
    const { xml } = this.parser;
    try {
      xml.write(text);
      if (isLast) xml.end();
      return true;
    } catch (error) {
      if (!(error instanceof BrokenInput) || !xml.names) throw error;
      this.leave(error);
      return false;
    } finally {
      if (xml.boundary.offset > this.resumed && this.left && this.left.offset < xml.boundary.offset)
        this.tellLeft();
    }
  }

  /** Notes what is wrong, and looks for a unit from where the last one began, or behind it. */
  private leave(fault: BrokenInput): void {
    const { openLine, xml } = this.parser;
    const { boundary, at } = xml;
    this.seeks = true;
    if (this.left?.offset !== at.offset) {
      this.tellLeft();
      const from = openLine ?? fault.place.line!;
      this.left = { fault, offset: at.offset, from, to: from };
    }
    const isStuck = boundary.offset === this.resumed;
    this.skipTo(boundary.offset + (isStuck ? 1 : 0));
  }

  /** Begins a parser at the next unit, if there is one. */
  private seek(isLast: boolean): boolean {
    const names = this.parser.xml.names!;
    const units = names.spellingsOf(this.units);
    const { found, at } = findUnit(this.text, units, isLast);
    const end = Math.max(...units.map((name) => this.text.lastIndexOf(`</${name}>`, at)));
    if (this.left && end >= 0) this.left.to = Math.max(this.left.to, this.start.line + this.countLines(end));
    this.skipTo(this.start.offset + at);
    if (!found) return false;
    this.seeks = false;
    this.resumed = this.start.offset;
    this.parser = this.begin({ ...this.start, names });
    return true;
  }

  private skipTo(offset: number): void {
    const length = offset - this.start.offset;
    this.start = { offset, line: this.start.line + this.countLines(length) };
    this.text = this.text.slice(length);
  }

  /** How many lines end in so many characters of the text, as the parser counts them. */
  private countLines(length: number): number {
    let lines = 0;
    for (const { index } of this.text.matchAll(/\r(?!\n)|\n/g)) {
      if (index >= length) break;
      lines++;
    }
    return lines;
  }

  private tellLeft(): void {
    if (!this.left) return;
    const { fault, from, to } = this.left;
    const lines = from === to ? `the unit in line ${from} is` : `lines ${from} to ${to} are`;
    const problem = `${fault.problem.replace(/\.$/, "")}; ${lines} left out.`;
    this.report(new InputError(fault.place, problem, { advice: fault.advice, cause: fault }));
    this.left = undefined;
  }
}
