"""What the recipe is made of. What it shares with the other recipes is beside this folder, in encoder_parts."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[2]))
