"""Makes the folders of test/pipelines/encoders/ of the checkpoints that laser_checkpoints.py and sonar_checkpoints.py
have left in a folder, and keeps the vectors of LASER and sonar-space beside them.

    pip install torch==2.13.0 onnx sentencepiece protobuf safetensors tokenizers sacremoses unicategories
    python3 test/pipelines/encoder_folders.py FOLDER

It fails unless the pipelines refuse what is no such checkpoint, in one sentence that names it.
"""

import pathlib
import shutil
import subprocess
import sys

import sentencepiece
import torch

HERE = pathlib.Path(__file__).parent
OUTPUT = HERE / "encoders"
LASER, SONAR = ([sys.executable, str(HERE.parents[1] / "pipelines" / f"{name}-encoder.py")] for name in ("laser", "sonar"))


def make(command: list, *arguments) -> None:
    subprocess.run([*command, *map(str, arguments)], check=True)


def refuse(expected: str, command: list, *arguments) -> None:
    result = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True)
    message = result.stderr.strip()
    if result.returncode != 1 or expected not in message or "\n" in message:
        sys.exit(f"{arguments}: expected {expected!r}, found {result.returncode}: {message}")


def refuse_all(given: pathlib.Path) -> None:
    """What is no checkpoint, of an unknown kind, or does not belong together."""
    new, laser, pieces = given / "new", given / "laser2.pt", given / "laser.model"
    vocabulary = ["--vocabulary", given / "laser.cvocab"]
    (given / "short.cvocab").write_text("\n".join((given / "laser.cvocab").read_text().split("\n")[:-5]))
    torch.save({"weights": torch.zeros(3)}, given / "other.pt")
    torch.save([1], given / "list.pt")
    torch.save({"params": {}, "model": {}, "dictionary": {}, "code": pathlib.PurePosixPath("x")}, given / "code.pt")
    digits = [" ".join(str(i**3 + j) for j in range(9)) for i in range(99)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(digits), model_prefix=str(given / "digits"), vocab_size=60, minloglevel=2
    )
    changed = torch.load(given / "laser3.pt", weights_only=False)
    changed["cfg"]["model"].encoder_learned_pos = True
    torch.save(changed, given / "learned.pt")
    refuse("is not there; expected the SentencePiece model", LASER, laser, given / "none.spm", new)
    refuse("is no SentencePiece model", LASER, laser, given / "text", new)
    refuse("is not there; expected a checkpoint", LASER, given / "none.pt", pieces, new)
    refuse("is no checkpoint of PyTorch", LASER, given / "text", pieces, new)
    refuse("holds a list", LASER, given / "list.pt", pieces, new)
    refuse("has weights; expected params, model and dictionary", LASER, given / "other.pt", pieces, new)
    refuse("--trust-checkpoint", LASER, given / "code.pt", pieces, new)
    refuse("needs the .cvocab", LASER, given / "laser3.pt", pieces, new)
    refuse("encoder_learned_pos is True", LASER, given / "learned.pt", pieces, new, *vocabulary)
    refuse("but the checkpoint has vectors of", LASER, given / "laser3.pt", pieces, new, "--vocabulary", given / "short.cvocab")
    refuse("expected a piece and its count", LASER, given / "laser3.pt", pieces, new, "--vocabulary", given / "text")
    refuse("they do not belong together", LASER, laser, given / "digits.model", new)
    refuse("is not empty", LASER, laser, pieces, given)
    sonar, heads = given / "sonar.pt", ["--heads", 2]
    refuse("has 100 pieces", SONAR, sonar, pieces, new, *heads)
    refuse("has no embed_tokens", SONAR, given / "other.pt", given / "sonar.model", new, *heads)
    refuse("8 dimensions cannot be shared by 16 heads", SONAR, sonar, given / "sonar.model", new)
    if new.exists():
        sys.exit("What was refused has left a folder.")


def main() -> None:
    given = pathlib.Path(sys.argv[1])
    refuse_all(given)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    vocabulary = ["--vocabulary", given / "laser.cvocab"]
    make(LASER, given / "laser2.pt", given / "laser.model", OUTPUT / "laser2")
    make(LASER, given / "laser3.pt", given / "laser.model", OUTPUT / "laser3", *vocabulary)
    make(LASER, given / "laser3-cls.pt", given / "laser.model", OUTPUT / "laser3-cls", *vocabulary)
    first = None
    for layout in ["sonar-fairseq2.pt", "sonar.safetensors", "sonar.pt"]:
        shutil.rmtree(OUTPUT / "sonar", ignore_errors=True)
        make(SONAR, given / layout, given / "sonar.model", OUTPUT / "sonar", "--heads", 2)
        model = (OUTPUT / "sonar" / "onnx" / "model.onnx").read_bytes()
        if first is not None and model != first:
            sys.exit(f"{layout}: makes another model than sonar-fairseq2.pt.")
        first = model
    for name in ["laser2", "laser3", "laser3-cls", "sonar"]:
        shutil.copy(given / f"{name}.json", OUTPUT / name / "reference.json")


if __name__ == "__main__":
    main()
