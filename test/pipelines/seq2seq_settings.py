"""Checks which settings have to be the same for a training that was killed to go on."""

import argparse
import sys

sys.path[:0] = ["pipelines", "pipelines/seq2seq"]
from train import settings_of

BATCHES = {"seed": 0, "batch_tokens": 4096, "accumulate": 1, "max_tokens": 128, "exponent": 0.7, "code": {}}
SETTINGS = {**BATCHES, "dropout": 0.3, "smoothing": 0.2, "precision": "float32"}
OTHERS = {**{name: 1.5 for name in SETTINGS}, "code": {"en": "eng_Latn"}, "precision": "bfloat16"}


def settings(**changed) -> tuple:
    return settings_of(argparse.Namespace(**{**SETTINGS, "steps": 9, "learning_rate": 1e-3, **changed}))


for name, other in OTHERS.items():
    assert settings(**{name: other}) != settings(), f"with another {name} it begins anew"
assert settings(steps=10, learning_rate=1e-4) == settings(), "with other steps and another learning rate it goes on"
