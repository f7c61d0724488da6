"""The filters of OpusFilter, with the parameters that each takes and their defaults.

    python test/filter/opus-filter.py > test/filter/opus-filter.json

Needs opusfilter.
"""

import inspect
import json
import sys

from opusfilter import FilterABC, filters


def parameters(cls):
    signature = inspect.signature(cls.__init__).parameters.values()
    return {one.name: one.default for one in signature if one.default is not inspect.Parameter.empty}


def own_parameters(cls):
    """Those of the bases too, where a class hands on what it does not name."""
    found = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, FilterABC) and base is not FilterABC and "__init__" in vars(base):
            found |= parameters(base)
    return found


classes = inspect.getmembers(filters, lambda one: inspect.isclass(one) and issubclass(one, FilterABC))
table = [{"filter": name, "parameters": own_parameters(cls)} for name, cls in classes if cls is not FilterABC]
json.dump(table, sys.stdout, indent=2)
sys.stdout.write("\n")
