"""Reads the shards of two releases of the same samples as training pipelines do; fails where they differ.

Usage: release_readers.py FOLDER_OF_JSON_LINES FOLDER_OF_PARQUET
Every file is held against its digest in the manifest. Prints how many rows each reader found.
"""

import hashlib
import json
import pathlib
import sys

import polars
import pyarrow
import pyarrow.json
import pyarrow.parquet


def manifest_of(folder):
    return json.loads((folder / "release.json").read_text(encoding="utf-8"))


def shards(folder):
    """The files to train on, each as its bytes were written."""
    found = []
    for entry in manifest_of(folder)["files"]:
        path = folder / entry["path"]
        digest = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != entry["sha256"]:
            sys.exit(f"{path}: {digest} is not {entry['sha256']}")
        if entry["role"] == "train":
            found.append(path)
    return found


def in_short(row):
    """What every reader must agree on: identity, text, weight and where it comes from."""
    lineage = row["lineage"]
    return (
        row["digest"],
        tuple((part["role"], part["text"], part["origin"]) for part in row["parts"]),
        row["weight"],
        row["origin"],
        row["tokens"],
        row["dimensions"]["domain"],
        tuple(each["kind"] for each in row["evidence"]),
        (lineage["path"], lineage["line"], lineage["file"], lineage["copy"], lineage["copies"]),
    )


def main(lines, columns):
    lines, columns = pathlib.Path(lines), pathlib.Path(columns)
    read = {
        "pyarrow jsonl": [row for path in shards(lines) for row in pyarrow.json.read_json(path).to_pylist()],
        "polars jsonl": [
            row for path in shards(lines) for row in polars.read_ndjson(path, infer_schema_length=None).to_dicts()
        ],
        "pyarrow parquet": [
            row for path in shards(columns) for row in pyarrow.parquet.read_table(path).to_pylist()
        ],
        "polars parquet": [row for path in shards(columns) for row in polars.read_parquet(path).to_dicts()],
    }
    first = None
    for reader, rows in read.items():
        found = [in_short(row) for row in rows]
        first = found if first is None else first
        if found != first:
            other = next(pair for pair in zip(first, found) if pair[0] != pair[1]) if len(found) == len(first) else ""
            sys.exit(f"{reader} read {len(found)} rows and not these {len(first)}: {other}")
    for folder in (lines, columns):
        if len(first) != manifest_of(folder)["rows"]:
            sys.exit(f"{folder}: {len(first)} rows, and the manifest says {manifest_of(folder)['rows']}")
    print(json.dumps({"rows": len(first), "readers": list(read)}))


main(*sys.argv[1:])
