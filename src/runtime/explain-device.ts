import type { ErrorWording } from "../errors.js";
import { DEVICES, type Device } from "../types/device.js";

/**
 * Says why a model cannot be opened on a device; nothing where that is no matter of the device.
 *
 * @param backends those that the runtime was built with
 * @param message the runtime's own
 */
export function explainDevice(
  device: Device,
  backends: readonly string[],
  message: string,
): ErrorWording | undefined {
  const offered = DEVICES.filter((name) => backends.includes(name));
  if (!offered.includes(device))
    return {
      problem: `cannot run on ${device}: this machine's ONNX Runtime offers ${offered.join(", ")}.`,
      advice: "Name one of these as the device.",
    };
  if (/Failed to load shared library/.test(message))
    return {
      problem: `cannot run on ${device}: its libraries cannot be loaded.`,
      advice:
        "Let the install script of onnxruntime-node fetch them (without ONNXRUNTIME_NODE_INSTALL=skip), and install CUDA 12 and cuDNN 9.",
    };
  if (/Failed to get a WebGPU adapter/.test(message))
    return {
      problem: `cannot run on ${device}: it finds no graphics card.`,
      advice: "Install the card's driver; on Linux its Vulkan driver and libvulkan1.",
    };
  return undefined;
}
