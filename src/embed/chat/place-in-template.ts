import { parse, Template, tokenize } from "@huggingface/jinja";
import type { TemplateNode } from "./values.js";

const STRING = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/s.source;
const TAG = new RegExp(`\\{#.*?#\\}|\\{[{%](?:${STRING}|[^'"])*?[}%]\\}`, "gs");

/** Where something stands in a template, for messages: its line, and the words there. */
export interface Place {
  line: number;
  words?: string;
}

/** The line of a part of a template; the library keeps no places, so the first tag with these words is taken. */
export function placeOf(source: string, node: TemplateNode): Place {
  const words = write(node);
  const tag = [...source.matchAll(TAG)].find(([tag]) => bare(tag).includes(bare(words)));
  return { line: lineAt(source, tag?.index ?? 0), words };
}

/** The line of the first tag that cannot be parsed. */
export function placeOfError(source: string): Place {
  for (const tag of source.matchAll(TAG)) {
    try {
      parse(tokenize(source.slice(0, tag.index + tag[0].length), { lstrip_blocks: true, trim_blocks: true }));
    } catch (error) {
      // What has only been begun is read beyond its end.
      if (!(error instanceof TypeError)) return { line: lineAt(source, tag.index), words: tag[0] };
    }
  }
  return { line: lineAt(source, source.length) };
}

/**
 * The first tag that compares a comparison, `1 < x < 3`: Jinja takes it as Python does, the library from left to right.
 */
export function findChain(source: string): Place | undefined {
  const chain = [...source.matchAll(TAG)].find(([tag]) => !tag.startsWith("{#") && hasChain(tokenize(tag)));
  return chain && { line: lineAt(source, chain.index), words: chain[0] };
}

const ENDS_COMPARISON = ["and", "or", "not", "if", "else", ",", ":", "=", "|"];

function hasChain(tokens: { value: string; type: string }[]): boolean {
  const compared = [false];
  for (const [i, { value, type }] of tokens.entries()) {
    if (type === "StringLiteral") continue;
    if ("([{".includes(value)) compared.push(false);
    else if (")]}".includes(value)) compared.pop();
    else if (type === "ComparisonBinaryOperator" || value === "in") {
      if (compared.at(-1)) return true;
      compared[compared.length - 1] = true;
    } else if (ENDS_COMPARISON.includes(value) && tokens[i + 1]?.value !== "in")
      compared[compared.length - 1] = false;
  }
  return false;
}

const lineAt = (source: string, index: number) => source.slice(0, index).split("\n").length;

const bare = (words: string) => words.replace(/\s/g, "").replaceAll("'", '"');

function write(node: TemplateNode): string {
  const program = { parsed: { type: "Program", body: [node] } };
  const written: string = Template.prototype.format.call(program as unknown as Template);
  return written.replace(/^\{[{%]-?\s*|\s*-?[}%]\}[\s\S]*$/g, "");
}
