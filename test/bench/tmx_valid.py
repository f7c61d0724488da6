"""Checks that TMX which crisscross wrote is valid against the DTD of TMX 1.4 (tmx14.dtd, beside this file).

    python3 test/bench/tmx_valid.py FILE.tmx ...     needs lxml
"""

import pathlib
import sys

from lxml import etree

dtd = etree.DTD(str(pathlib.Path(__file__).with_name("tmx14.dtd")))
faulty = 0
for path in sys.argv[1:]:
    document = etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    valid = dtd.validate(document)
    units = len(document.getroot().findall("body/tu"))
    print(f"{path}: {'valid' if valid else 'not valid'}, {units} units")
    for error in dtd.error_log.filter_from_errors()[:5]:
        print(f"  line {error.line}: {error.message}")
    faulty += not valid
sys.exit(faulty > 0)
