"""Reads or fills a cache of the hub with Python's huggingface_hub; prints each file's SHA-256 as JSON.

    HF_HUB_CACHE=FOLDER HF_ENDPOINT=ADDRESS python test/bench/hub_cache.py fetch|read NAME

Needs huggingface_hub.
"""

import hashlib
import json
import pathlib
import sys

from huggingface_hub import hf_hub_download, scan_cache_dir, snapshot_download
from huggingface_hub import __version__ as version

what, name = sys.argv[1:]
offline = what == "read"
patterns = None if what == "fetch" else [str(path) for path in json.loads(sys.stdin.read())]
folder = pathlib.Path(snapshot_download(name, local_files_only=offline, allow_patterns=patterns))
files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
hashes = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
for path in hashes:
    assert pathlib.Path(hf_hub_download(name, path, local_files_only=True)) == folder / path
scanned = scan_cache_dir()
[repository] = scanned.repos
print(json.dumps({
    "version": version,
    "folder": str(folder),
    "hashes": hashes,
    "warnings": [str(warning) for warning in scanned.warnings],
    "scanned": [repository.repo_id, sorted(ref for revision in repository.revisions for ref in revision.refs), repository.nb_files],
}))
