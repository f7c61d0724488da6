"""Makes warcio-table.json: what Python's warcio (1.8.1) reads of the dumps in a folder.

    python3 warcio-table.py ../shared/data/warc > test/read/warc/warcio-table.json

For each file the number of its records by type, and the SHA-1 of their lines "type⇥url⇥SHA-1 of the payload": the
payload is the block, of HTTP the body without its codings. Of a warcinfo only the type, since warcio writes that of an
ARC anew. Files that warcio cannot read to their end are left out: they have tests of their own.
"""

import collections
import hashlib
import json
import pathlib
import sys

from warcio.archiveiterator import ArchiveIterator


def read(path):
    types = collections.Counter()
    lines = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, arc2warc=True):
            types[record.rec_type] += 1
            if record.rec_type == "warcinfo":
                record.raw_stream.read()
                lines.append("warcinfo")
                continue
            payload = hashlib.sha1(record.content_stream().read()).hexdigest()
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            lines.append("\t".join((record.rec_type, url, payload)))
    digest = hashlib.sha1("\n".join(lines).encode()).hexdigest()
    if "--lines" in sys.argv:
        print(path.name, *lines, sep="\n", file=sys.stderr)
    return {"types": dict(sorted(types.items())), "sha1": digest}


table = {}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if ".warc" not in path.name and ".arc" not in path.name:
        continue
    try:
        table[path.name] = read(path)
    except Exception as error:
        print(f"{path.name}: {type(error).__name__}", file=sys.stderr)
json.dump(table, sys.stdout, indent=2)
print()
