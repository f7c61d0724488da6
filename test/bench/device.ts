/**
 * The same sentences embedded by the CPU and by another device: the least cosine of both vectors of a sentence, and
 * sentences a second, the first batches, in which a device compiles its programs, left out.
 *
 *   node dist/test/bench/device.js --encoder FOLDER --device webgpu [--variant NAME] [--sentences 1000]
 *
 * Where there is no graphics card, Chromium's SwiftShader stands in for one, to compare vectors by, not speed:
 * VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json (Debian's packages chromium and libvulkan1).
 */
import { parseArgs } from "node:util";
import { type Device, openEncoder } from "../../src/index.js";
import { cosinesOfRows } from "../../src/search/cosines-of-rows.js";
import { describeMachine } from "./machine.js";
import { readMining } from "./mining.js";
import { vectorsOf } from "./vectors-of.js";

const WARM = 64;

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    device: { type: "string" },
    variant: { type: "string" },
    sentences: { type: "string", default: "1000" },
  },
});
const { encoder: name, variant } = values;
if (name === undefined || values.device === undefined) throw new Error("Give --encoder and --device.");
const texts = await readMining(Number(values.sentences));
const cpu = await measure("cpu");
const other = await measure(values.device as Device);
const cosines = cosinesOfRows(cpu.vectors, other.vectors, cpu.dimensions);
console.log(
  `${describeMachine()} · ${cpu.space}, ${texts.length} sentences: least cosine ${Math.min(...cosines).toFixed(7)}; cpu ${cpu.rate} sentences/s, ${values.device} ${other.rate}`,
);

async function measure(device: Device) {
  const encoder = await openEncoder(name, { variant, device });
  await vectorsOf(texts.slice(0, WARM), encoder);
  const start = performance.now();
  const vectors = await vectorsOf(texts, encoder);
  const rate = ((texts.length * 1000) / (performance.now() - start)).toFixed(1);
  await encoder.close?.();
  return { vectors, rate, dimensions: encoder.dimensions, space: encoder.space };
}
