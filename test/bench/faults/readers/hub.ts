import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { findSnapshot } from "../../../../src/hub/find-snapshot.js";
import { openEncoder } from "../../../../src/index.js";
import { filesOf, gitHash, HubServer, sha256 } from "../../../hub/hub-server.js";
import { filesIn } from "./encoders.js";
import type { Reader } from "./reader.js";

const REPOSITORY = "acme/tiny";
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const STATIC = "test/embed/static/adapted";

/** What a hub answers to each path, as it goes over the wire, by the file that holds it. */
function soundAnswers(): Map<string, { path: string; bytes: Buffer }> {
  const files = filesOf(STATIC);
  const answers = new Map<string, { path: string; bytes: Buffer }>();
  const add = (name: string, path: string, body: Buffer, headers: readonly string[]) => {
    const head = ["HTTP/1.1 200 OK", ...headers, `Content-Length: ${body.length}`, "Connection: close"];
    answers.set(name, { path, bytes: Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]) });
  };
  const addJson = (name: string, path: string, value: unknown) =>
    add(name, path, Buffer.from(JSON.stringify(value)), ["Content-Type: application/json"]);
  const api = `/api/models/${REPOSITORY}`;
  const siblings = Object.keys(files).map((rfilename) => ({ rfilename }));
  addJson("revision", `${api}/revision/main`, { id: REPOSITORY, sha: COMMIT, siblings });
  const tree = Object.entries(files).map(([path, content]) => ({
    type: "file",
    path,
    oid: gitHash(content),
    size: content.length,
    ...(path.endsWith(".safetensors") && { lfs: { oid: sha256(content), size: content.length } }),
  }));
  addJson("tree", `${api}/tree/${COMMIT}`, tree);
  for (const [path, content] of Object.entries(files)) {
    const etag = path.endsWith(".safetensors") ? sha256(content) : gitHash(content);
    add(`file-${path.replaceAll("/", "-")}`, `/${REPOSITORY}/resolve/${COMMIT}/${path}`, content, [
      `ETag: "${etag}"`,
      `X-Repo-Commit: ${COMMIT}`,
    ]);
  }
  return answers;
}

/** A server that says what lies in a folder, byte for byte, be it HTTP or not. */
async function serve(folder: string): Promise<{ endpoint: string; server: Server }> {
  const answers = [...soundAnswers()];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (request) => {
      const [, asked = ""] = /^\w+ ([^ ?]+)/.exec(request.toString("latin1")) ?? [];
      const [name] = answers.find(([, { path }]) => path === decodeURIComponent(asked)) ?? [];
      socket.end(
        name === undefined
          ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
          : readFileSync(join(folder, name)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const answers: Reader = {
  name: "hub: answers on loopback",
  make: async (folder) => {
    const sound = soundAnswers();
    for (const [name, { bytes }] of sound) writeFileSync(join(folder, name), bytes);
    return [...sound.keys()].flatMap((name) => (name.startsWith("file-") ? [name] : [name, name, name]));
  },
  read: async (folder) => {
    const { endpoint, server } = await serve(folder);
    const cache = join(folder, "cache");
    mkdirSync(cache);
    try {
      const everything = async (_: string, files: readonly string[]) => [...files];
      const snapshot = await findSnapshot({ repository: REPOSITORY, revision: "main" }, everything, {
        settings: { endpoint, cache, offline: false },
        wait: async () => {},
        stallMs: 1000,
        tell: () => {},
      });
      return filesIn(snapshot.folder).map((file) => [
        file,
        readFileSync(join(snapshot.folder, file), "base64"),
      ]);
    } finally {
      server.close();
    }
  },
  isChecked: (file) => file.startsWith("file-"),
};

const cache: Reader = {
  name: "hub: cache",
  make: async (folder) => {
    await using server = { hub: await HubServer.start(), [Symbol.asyncDispose]: () => server.hub.close() };
    server.hub.addFolder(REPOSITORY, STATIC);
    process.env.HF_ENDPOINT = server.hub.endpoint;
    await encodeFrom(folder);
    delete process.env.HF_ENDPOINT;
    return filesIn(folder).filter((file) => file.includes("/blobs/"));
  },
  read: async (folder) => {
    process.env.HF_HUB_OFFLINE = "1";
    try {
      return await encodeFrom(folder);
    } finally {
      delete process.env.HF_HUB_OFFLINE;
    }
  },
  isChecked: () => true,
};

async function encodeFrom(folder: string): Promise<number[]> {
  process.env.HF_HUB_CACHE = folder;
  const encoder = await openEncoder(REPOSITORY);
  try {
    return [...(await encoder.encode(["a b", "c"]))];
  } finally {
    await encoder.close?.();
  }
}

/** Readers of what a hub answers, and of what was kept of it. */
export const HUB_READERS: readonly Reader[] = [answers, cache];
