import { statfs } from "node:fs/promises";
import { OutputError } from "../errors.js";

/** @throws OutputError if less is free in the cache than is to be fetched */
export async function checkFreeSpace(cache: string, bytes: number, repository: string): Promise<void> {
  const { bavail, bsize } = await statfs(cache);
  if (bytes <= bavail * bsize) return;
  throw new OutputError(
    `${repository}: takes ${megabytes(bytes)} more, but ${megabytes(bavail * bsize)} are free in ${cache}.`,
    { advice: "Make room, or set HF_HOME to a folder on another disk." },
  );
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
