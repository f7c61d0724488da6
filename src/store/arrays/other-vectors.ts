import { closeSync, openSync } from "node:fs";
import { InputError } from "../../errors.js";
import { readUpToSync } from "../files/whole-io.js";

interface OtherKind {
  /** Whether a file begins so; a character a byte. */
  isKind: (start: string) => boolean;
  name: string;
  /** What saves it otherwise, given the file's path. */
  convert: (path: string) => string;
}

const save = (path: string, modules: string, array: string) =>
  `Save them with: python3 -c 'import ${modules}; numpy.save("${path}.npy", ${array})'`;

/** Whether the first file of a zip archive has such a name. */
const holds = (name: RegExp) => (start: string) =>
  start.startsWith("PK\x03\x04") && name.test(start.slice(30));

/** How files begin in which other programs keep vectors. */
const KINDS: readonly OtherKind[] = [
  {
    isKind: holds(/^[^/]+\/(data\.pkl|version|byteorder|\.\w+)/),
    name: "a file of PyTorch",
    convert: (path) => save(path, "numpy, torch", `torch.load("${path}", "cpu").float().numpy()`),
  },
  {
    isKind: holds(/^[^/]+\.npy/),
    name: "an archive of NumPy's arrays (.npz)",
    convert: (path) => save(path, "numpy", `next(iter(numpy.load("${path}").values()))`),
  },
  {
    isKind: (start) => start[0] === "\x80" && "\x02\x03\x04\x05".includes(start[1]),
    name: "a pickle of Python",
    convert: (path) => save(path, "numpy, pickle", `pickle.load(open("${path}", "rb"))`),
  },
  {
    isKind: (start) => start.startsWith("\x89HDF\r\n"),
    name: "HDF5",
    convert: (path) => save(path, "numpy, h5py", `h5py.File("${path}")["NAME"][:]`),
  },
  {
    isKind: (start) => start.startsWith("ARROW1") || start.startsWith("FEA1"),
    name: "Arrow",
    convert: (path) =>
      `Save it with: python3 -c 'import pyarrow.feather as a, pyarrow.parquet as p; p.write_table(a.read_table("${path}"), "${path}.parquet")'`,
  },
];

const START_BYTES = 128;

/** @throws InputError if a file that is meant to be vectors is one that other programs keep them in */
export function refuseOtherVectors(path: string): void {
  const start = startOf(path);
  const kind = KINDS.find(({ isKind }) => isKind(start));
  if (kind)
    throw new InputError(
      { path },
      `is ${kind.name}; expected vectors as .npy, .safetensors, Parquet or raw numbers.`,
      {
        advice: kind.convert(path),
      },
    );
}

function startOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const start = Buffer.alloc(START_BYTES);
      return start.toString("latin1", 0, readUpToSync(file, start, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    // Whoever reads it says why it cannot be read.
    return "";
  }
}
