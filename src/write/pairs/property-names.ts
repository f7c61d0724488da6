/** Where texts and ranks of mined pairs come from is told in TMX's own spelling: `sourceUrl` is `x-source-url`. */
export const inTmx = (name: string) =>
  /^(source|target|forward|backward)[A-Z]/.test(name)
    ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : name;

/** The other way round. */
export const fromTmx = (name: string) =>
  /^(source|target|forward|backward)-[a-z]/.test(name)
    ? name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())
    : name;
