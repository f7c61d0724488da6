import { element } from "./element.js";

/** Lets the reader save a text; nothing leaves the page but into that file. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values" }));
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
