#!/usr/bin/env bash
# FlagEmbedding 1.4.2: the multi-vector score that BGEM3FlagModel.compute_score gives a pair depends on which pairs share its
# batch. Padding tokens of a passage become vectors of zeros, and stay among those that each query token takes its best
# cosine of; so a negative best becomes 0 as soon as a longer passage is in the batch. colbert_score over encode's vectors
# has no padding, and agrees with a batch of one.
# Why it matters: scores of one corpus differ by batch size and order, and a port that leaves padding out looks wrong
# beside a batch, though it is right beside a single pair.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet torch==2.13.0 transformers==4.57.6 FlagEmbedding==1.4.2 'datasets<4' 2>/dev/null
"$place/venv/bin/python" - "$place/model" 2>"$place/log" <<'PYTHON' || { tail -20 "$place/log"; exit 1; }
import sys

import torch
from FlagEmbedding import BGEM3FlagModel
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import XLMRobertaConfig, XLMRobertaModel, XLMRobertaTokenizerFast

folder = sys.argv[1]
torch.manual_seed(3)
pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "▁b", "▁c", "▁d"]
made = Tokenizer(models.Unigram([(piece, -float(i)) for i, piece in enumerate(pieces)], unk_id=3))
made.pre_tokenizer = pre_tokenizers.Metaspace()
ends = [("<s>", 0), ("</s>", 2)]
made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=ends)
tokenizer = XLMRobertaTokenizerFast(tokenizer_object=made, model_max_length=20)
size = dict(hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4, initializer_range=1.0)
config = XLMRobertaConfig(vocab_size=len(tokenizer), max_position_embeddings=22, type_vocab_size=1, **size)
XLMRobertaModel(config, add_pooling_layer=False).save_pretrained(folder)
tokenizer.save_pretrained(folder)
torch.save(torch.nn.Linear(4, 1).state_dict(), f"{folder}/sparse_linear.pt")
torch.save(torch.nn.Linear(4, 4).state_dict(), f"{folder}/colbert_linear.pt")

model = BGEM3FlagModel(folder, use_fp16=False, devices="cpu")
pair, longer = ["a a", "b"], ["c", "a b c d a b c d"]
alone = model.compute_score([pair])["colbert"][0]
beside = model.compute_score([pair, longer])["colbert"][0]
query, passage = (model.encode([text], return_colbert_vecs=True)["colbert_vecs"][0] for text in pair)
best = (query @ passage.T).max(axis=1)
print(f"best cosines of the query's tokens: {best.round(4).tolist()}, mean {best.mean():.6f}")
print(f"compute_score of the pair alone:            {alone:.6f}")
print(f"the same beside a pair of a longer passage: {beside:.6f}; negative cosines as zeros: {best.clip(min=0).mean():.6f}")
assert best.min() < 0
assert abs(alone - best.mean()) < 1e-5
assert abs(beside - best.clip(min=0).mean()) < 1e-5 and beside - alone > 1e-3
print("as described")
PYTHON
