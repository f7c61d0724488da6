"""Training that was interrupted, in one file: it goes on with the same weights."""

import os
import pathlib

import torch


class Checkpoint:
    """A file that is whole at every moment; what it says of other texts, another start or other settings is not taken."""

    def __init__(self, path: pathlib.Path, identity: str):
        self.path, self.identity = path, identity

    def load(self) -> dict | None:
        if not self.path.exists():
            return None
        held = torch.load(self.path, map_location="cpu", weights_only=True)
        if held["identity"] == self.identity:
            return held["state"]
        print(f"{self.path}: is of other texts, another start or other settings; training begins anew", flush=True)
        return None

    def save(self, state: dict) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f".{self.path.name}.part")
        with open(part, "wb") as file:
            torch.save({"identity": self.identity, "state": state}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self.path)
