"""What the three scripts share. A translator's encoder is described beside this folder, in encoder_parts."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[2]))
