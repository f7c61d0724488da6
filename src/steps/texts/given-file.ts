import type { VectorsFile } from "../../store/arrays/vectors-file.js";

/** Why a row of a file is no vector. */
export interface RowFault {
  /** The file, a part of several. */
  path: string;
  /** Its number in that file, from 1. */
  row: number;
  /** What is wrong with it: "is not finite". */
  problem: string;
}

/** Vectors of a file that was given, or of several, which are read a block at a time. */
export interface GivenFile extends AsyncDisposable {
  info: VectorsFile["info"];
  /** The rows from `start` up to `end` as float32; one that is no vector holds a NaN or an infinity. */
  read(start: number, end: number): Promise<Float32Array>;
  /**
   * The same at once, where rows can be read so.
   *
   * @param room where they may be put
   */
  readNow?(start: number, end: number, room?: Float32Array): Float32Array;
  /** Of a row that holds one, once it has been read. */
  faultOf(row: number): RowFault;
}
