import type { PoolingMode } from "../transformer/pooling.js";
import type { ChatSettings } from "./chat-settings.js";
import type { InputPlaces } from "./transformer-settings.js";
import type { VectorStep } from "./vector-step.js";

/** What sentence-transformers does with a text: `modules.json`. */
export interface Modules {
  /** Whether there is a `modules.json`. */
  listed: boolean;
  /** What makes vectors of texts, and where its files are: tokenizer or table in `path`, a model in one of both. */
  input: { kind: "transformer" | "static" } & InputPlaces;
  /** The chat template that texts go through, where they do. */
  chat?: ChatSettings;
  /** Which of the model's outputs is taken, where it is a sentence's vector; nothing where the tokens' are pooled. */
  sentenceOutput?: string;
  /** The route of a router that texts take, where there is one. */
  route?: string;
  /** Whether texts of one task may become other tokens than those of another. */
  byTask: boolean;
  /** What is done with the tokens' vectors before pooling, in this order. */
  tokenSteps: VectorStep[];
  /** Whether the tokens' vectors are pooled; else the model has to do it. */
  pools: boolean;
  pooling: readonly PoolingMode[];
  /** Whether the prompt's tokens count in the pooling. */
  includePrompt: boolean;
  /** What is done after pooling, in this order. */
  steps: VectorStep[];
  /** The folders of all of them. */
  folders: string[];
}
