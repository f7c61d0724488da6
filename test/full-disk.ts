import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { rename } = fs.promises;
const refused = new Set<string>();

fs.promises.rename = async (from, to) => {
  if (refused.has(String(to)))
    throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "rename" });
  await rename(from, to);
};
syncBuiltinESMExports();

/** From now on no file of this process can be given that path, as on a disk that is full. */
export function fillDiskAt(path: string): void {
  refused.add(path);
}
