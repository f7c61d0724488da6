import { workerEntry } from "../../runtime/worker-pool.js";
import { extractFile } from "./extract-file.js";

export default workerEntry(extractFile);
