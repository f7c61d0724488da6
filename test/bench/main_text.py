"""The main text of pages by trafilatura: reads JSON lines {"html": base64}, prints one of {"text": …} for each."""

import base64
import json
import sys

import trafilatura

for line in sys.stdin:
    html = base64.b64decode(json.loads(line)["html"])
    print(json.dumps({"text": trafilatura.extract(html) or ""}), flush=True)
