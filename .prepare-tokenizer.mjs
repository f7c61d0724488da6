/**
 * Writes the prepared form of the built-in encoder's tokenizer anew, from the `tokenizer.json.gz` that is shipped:
 * `unigram.safetensors`, which is what opens. To be run when its format changes; a new encoder has it from its training.
 */
import { BUILTIN, folderOf } from "./dist/src/embed/builtin.js";
import { findTokenizer, readTokenizerBytes, tokenizerText } from "./dist/src/embed/folder/tokenizer-file.js";
import { writePrepared } from "./dist/src/embed/static/write-packed-tokenizer.js";

const folder = folderOf(BUILTIN);
const path = findTokenizer(folder);
const bytes = readTokenizerBytes(path);
await writePrepared(folder, tokenizerText(path, bytes), bytes);
