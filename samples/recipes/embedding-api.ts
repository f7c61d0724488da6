import { type Encoder, mine } from "crisscross";

/** An encoder behind HTTP, such as a server of text-embeddings-inference or any API of OpenAI's form. */
function embeddingApi(url: string, model: string, dimensions: number): Encoder {
  return {
    // Vectors of one space can be compared; a run folder makes those of another one anew.
    space: `${model}-${dimensions}`,
    dimensions,
    async encode(texts, { signal } = {}) {
      const response = await fetch(`${url}/v1/embeddings`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model, input: texts }),
        signal,
      });
      if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
      const { data } = (await response.json()) as { data: { index: number; embedding: number[] }[] };
      const vectors = new Float32Array(texts.length * dimensions);
      for (const { index, embedding } of data) vectors.set(embedding, index * dimensions);
      return vectors;
    },
  };
}

const [url, model, dimensions, source, target] = process.argv.slice(2);
const encoder = embeddingApi(url, model, Number(dimensions));
for await (const { score, source: ours, target: theirs } of mine(source, target, { encoder }))
  console.log(score.toFixed(3), ours.text, "=", theirs.text);
