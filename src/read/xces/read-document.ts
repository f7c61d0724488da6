import { decodeXml } from "../xml/decode-xml.js";
import type { Attributes, XmlHandler } from "../xml/xml-handler.js";
import { XmlParser } from "../xml/xml-parser.js";

/** Texts by the identifiers of their sentences. */
export type Sentences = ReadonlyMap<string, string>;

/**
 * The sentences of a document of XCES or OPUS: what stands in `<s id="…">`, white space made one space; of a tokenised one the
 * words (`<w>`) with a space between them. Costs the memory of the document's text.
 *
 * @throws InputError, with the line, if its XML is broken
 */
export async function readDocument(chunks: AsyncIterable<Buffer>, path: string): Promise<Sentences> {
  const handler = new SentenceHandler();
  const xml = new XmlParser(path, { name: "a document", before: "" }, handler);
  for await (const text of decodeXml(chunks, path)) {
    xml.write(text);
    xml.mark();
  }
  xml.end();
  return handler.sentences;
}

class SentenceHandler implements XmlHandler {
  readonly sentences = new Map<string, string>();
  readonly openLine = undefined;
  private sentence?: { id: string; text: string; words: string[] };
  private word?: string;

  open(name: string, { id }: Attributes): void {
    if (name === "s" && id !== undefined) this.sentence = { id, text: "", words: [] };
    else if (name === "w" && this.sentence) this.word = "";
  }

  addText(text: string): void {
    if (this.word !== undefined) this.word += text;
    else if (this.sentence) this.sentence.text += text;
  }

  close(name: string): void {
    if (name === "w" && this.word !== undefined) {
      this.sentence?.words.push(this.word);
      this.word = undefined;
    }
    if (name !== "s" || !this.sentence) return;
    const { id, text, words } = this.sentence;
    const whole = words.length > 0 ? words.join(" ") : text;
    this.sentences.set(id, whole.replaceAll(/\s+/g, " ").trim());
    this.sentence = undefined;
  }
}
