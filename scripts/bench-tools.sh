#!/usr/bin/env bash
# Installs the public tools that `make bench` runs beside Assay, into .cache/bench-tools. They are no part of Assay.
. "$(dirname "$0")/common.sh"

tools=.cache/bench-tools
[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
# spacy and tokenizers are what datatrove's English tokeniser needs; newer versions of xxhash refuse what it passes them.
"$tools/bin/pip" install --quiet gaoya rensa duckdb orjson datatrove text-dedup spacy tokenizers ftfy 'xxhash<4'
say "Installed in $tools: make bench runs them from now on."
