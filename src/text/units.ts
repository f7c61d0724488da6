let bytes = Buffer.allocUnsafeSlow(2 ** 12);
let units = asUnits();

/**
 * The UTF-16 units of a text, until the next one's; what is behind them is of others. A loop over them takes half of the
 * time of one that asks for `charCodeAt`, since that looks each time at how the text is held.
 */
export function unitsOf(text: string): Uint16Array {
  if (text.length > units.length) {
    bytes = Buffer.allocUnsafeSlow(4 * text.length);
    units = asUnits();
  }
  bytes.write(text, "utf16le");
  return units;
}

/** A processor that has the higher byte first is none that runs here. */
function asUnits(): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}
