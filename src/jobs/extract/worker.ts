import { type LanguageIdentifier, openLanguages } from "../../clean/language/open-languages.js";
import { workerEntry } from "../../runtime/worker-pool.js";
import { extractFile, type FileNews, type FileTask } from "./extract-file.js";

let languages: Promise<LanguageIdentifier> | undefined;

export default workerEntry((task: FileTask, tell: (news: FileNews) => void) => {
  languages ??= openLanguages(task.model);
  return extractFile(task, tell, languages);
});
