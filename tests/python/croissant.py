"""Reads croissant.json as mlcroissant does; fails on an error and on a warning.

Usage: croissant.py croissant.json [RECORD_SET PATH_OF_THE_INDEXED_ROOT]
With a record set its records are loaded through the document and their count is printed.
"""

import json
import logging
import pathlib
import sys
import urllib.parse

import mlcroissant
from absl import logging as absl_logging


class Kept(logging.Handler):
    """Keeps every warning and what is worse."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def main(path, record_set=None, data=None):
    kept = Kept()
    absl_logging.get_absl_logger().addHandler(kept)
    logging.getLogger().addHandler(kept)
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    mapping = None
    if data:
        files = [each for each in document["distribution"] if each["@type"] == "cr:FileObject"]
        mapping = {
            each["@id"]: str(pathlib.Path(data) / urllib.parse.unquote(each["contentUrl"])) for each in files
        }
    dataset = mlcroissant.Dataset(jsonld=path, mapping=mapping)
    issues = dataset.metadata.ctx.issues
    problems = [*sorted(issues.errors), *sorted(issues.warnings), *kept.messages]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(1)
    found = {"name": dataset.metadata.name, "files": len(dataset.metadata.file_objects)}
    found["record_sets"] = [each.id for each in dataset.metadata.record_sets]
    if record_set:
        found["records"] = sum(1 for _ in dataset.records(record_set))
    print(json.dumps(found))


main(*sys.argv[1:])
