"""Makes tiny checkpoints of SONAR's text encoder with random weights, and the vectors that sonar-space gives.

    pip install torch==2.9.1 fairseq2==0.8.1 sonar-space==0.5.0 sentencepiece safetensors
    python3 test/pipelines/sonar_checkpoints.py FOLDER

Of these, test/pipelines/encoder_folders.py makes the folders of test/pipelines/encoders/.
"""

import json
import pathlib
import sys

import torch
from fairseq2.data.tokenizers import VocabularyInfo
from fairseq2.data.tokenizers.sentencepiece import load_sentencepiece_model
from fairseq2.models.nllb.tokenizer import NllbTokenizer
from safetensors.torch import save_file
from sonar.inference_pipelines.text import TextToEmbeddingModelPipeline
from sonar.models.sonar_text.config import SonarTextEncoderConfig
from sonar.models.sonar_text.factory import SonarTextEncoderFactory

from encoder_texts import TEXTS, train_pieces

sys.path.append(str(pathlib.Path(__file__).parents[2] / "pipelines"))
from encoder_parts.nllb_languages import LANGUAGES

SIZE, HEADS = 90, 2
MINED = ["<MINED_DATA>", "<MMT_BT_DATA>", "<SMT_BT_DATA>"]
OF_FAIRSEQ = [
    ("encoder_frontend.embed.", "embed_tokens."),
    ("encoder.layers.", "layers."),
    ("output_proj", "out_proj"),
    ("ffn.inner_proj", "fc1"),
    ("ffn.out_proj", "fc2"),
    ("ffn_layer_norm", "final_layer_norm"),
]


def by_fairseq(weights: dict) -> dict:
    """By fairseq's names, with the special tokens in its order: (PAD, UNK, BOS, EOS) to (BOS, PAD, EOS, UNK)."""
    renamed = {}
    for name, value in weights.items():
        for old, new in OF_FAIRSEQ:
            name = name.replace(old, new)
        renamed[name] = value.clone()
    renamed["embed_tokens.weight"][[1, 3, 0, 2]] = weights["encoder_frontend.embed.weight"][:4]
    return renamed


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(24)
    train_pieces(folder, "sonar", vocab_size=SIZE, model_type="bpe")
    symbols = [*(f"__{language}__" for language in LANGUAGES), *MINED, "<pad>@0"]
    model = load_sentencepiece_model(folder / "sonar.model", control_symbols=symbols)
    tokenizer = NllbTokenizer(model, set(LANGUAGES), "eng_Latn")
    config = SonarTextEncoderConfig(
        model_dim=8,
        max_seq_len=512,
        vocab_info=VocabularyInfo(size=SIZE + 1 + len(LANGUAGES) + len(MINED), unk_idx=1, bos_idx=2, eos_idx=3, pad_idx=1),
        num_encoder_layers=2,
        num_decoder_layers=2,
        num_encoder_attn_heads=HEADS,
        num_decoder_attn_heads=HEADS,
        ffn_inner_dim=12,
        pooling="mean",
        _from_fairseq=True,
    )
    encoder = SonarTextEncoderFactory(config).create_model().eval()
    for weight in encoder.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    weights = encoder.state_dict()
    torch.save({"model": weights}, folder / "sonar-fairseq2.pt")
    old = by_fairseq(weights)
    save_file(old, folder / "sonar.safetensors")
    embeddings = torch.nn.Embedding.from_pretrained(old.pop("embed_tokens.weight"), padding_idx=1)
    torch.save({"state_dict": {**old, "embed_tokens": embeddings, "version": torch.tensor([3.0])}}, folder / "sonar.pt")
    pipeline = TextToEmbeddingModelPipeline(encoder, tokenizer)
    vectors = {}
    for language in ["eng_Latn", "wol_Latn"]:
        found = pipeline.predict(TEXTS, source_lang=language, batch_size=4).tolist()
        vectors[language] = [[round(value, 6) for value in vector] for vector in found]
    reference = json.dumps({"texts": TEXTS, "vectors": vectors}, ensure_ascii=False)
    (folder / "sonar.json").write_text(reference, encoding="utf-8")


if __name__ == "__main__":
    main()
