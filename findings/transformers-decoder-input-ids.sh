#!/usr/bin/env bash
# transformers 5.24.0 (PyTorch 2.13.0), generate(decoder_input_ids=...) of an encoder-decoder: the tokens that a decoder is given
# are not always those that it begins with. Where the first of them is not the decoder's start token, generate puts that one in
# front, with no word of it; and where the model names no start token, as an MBartConfig does by default, it takes <s>.
# Why it matters: an mBART of one's own learns to begin with the code of the language. Given that code, it then reads <s> and
# the code, which training never showed it, each token one position further on. The loss on held-out pairs is good, and the
# translations are those of another model: here of 50 first tokens by generate and by the model itself only some agree. Passing
# decoder_start_token_id, the same as the first given token, puts nothing in front.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet torch==2.13.0 2>/dev/null
"$place/venv/bin/pip" install --quiet transformers==5.24.0 numpy==2.4.6 2>/dev/null
"$place/venv/bin/python" - <<'PYTHON'
import torch
from transformers import MBartConfig, MBartForConditionalGeneration
from transformers.utils.logging import set_verbosity_error

set_verbosity_error()
torch.manual_seed(0)
torch.set_num_threads(1)
CODE, TEXTS = 95, 50
sizes = {"d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
model = MBartForConditionalGeneration(MBartConfig(vocab_size=100, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=32, **sizes)).eval()
for weight in model.parameters():
    torch.nn.init.normal_(weight, std=0.5)
sources = torch.randint(4, 90, (TEXTS, 8))
given = torch.full((TEXTS, 1), CODE)
with torch.no_grad():
    itself = model(input_ids=sources, decoder_input_ids=given).logits[:, -1].argmax(1)


def generated(**how):
    made = model.generate(input_ids=sources, decoder_input_ids=given, max_new_tokens=1, forced_eos_token_id=None, do_sample=False, **how)
    return made[0, :-1].tolist(), (made[:, -1] == itself).sum().item()


print("the model names as its decoder's start:", model.config.decoder_start_token_id)
plain, told = generated(), generated(decoder_start_token_id=CODE)
print(f"given [{CODE}], generate begins with {plain[0]}; {plain[1]} of {TEXTS} next tokens are the model's own")
print(f"told that {CODE} is the start, with {told[0]}; {told[1]} of {TEXTS}")
assert model.config.decoder_start_token_id is None
assert plain[0] == [model.config.bos_token_id, CODE] and plain[1] < TEXTS
assert told == ([CODE], TEXTS)
PYTHON
