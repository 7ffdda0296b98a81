#!/usr/bin/env bash
# Generates corpora, indexes and measures them, and prints time, rate and peak memory of each stage, and of a verdict; then
# the same files through a plain loop (what any indexing must do at least) and through the public tools that are installed.
#   BENCH_DOCUMENTS   sizes to run, default "100000 1000000"
#   BENCH_WORDS       words of a document on average, default 330 (2 KB)
#   BENCH_TOOLS       largest size at which public tools run too, default 100000; 0 for none
. "$(dirname "$0")/common.sh"

mkdir -p ui/dist
# Everything at once and with the features of the tests, so that nothing is compiled twice.
cargo build "${everything[@]}" --all-targets
bench=${BENCH_FOLDER:-.cache/bench}
words=${BENCH_WORDS:-330}
python=.cache/bench-tools/bin/python
[ -x "$python" ] || python=python3
mkdir -p "$bench"
say "$(nproc) cores, $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo) of memory, $(uname -srm)"

for documents in ${BENCH_DOCUMENTS:-100000 1000000}; do
    corpus=$bench/corpus-$documents-$words
    [ -d "$corpus" ] || "$target/debug/xtask" corpus --documents "$documents" --words "$words" --out "$corpus" >&2
    rm -rf "$bench/bench.assay"
    "$target/debug/examples/bench" "$corpus" "$documents" "$bench/bench.assay" "$bench/measured.json"
    echo "  parse, tokens and shingles alone, in a plain loop: $("$target/debug/examples/limit" "$corpus")"
    if [ "$documents" -le "${BENCH_TOOLS:-100000}" ]; then
        "$python" scripts/bench/tools.py "$corpus" "$bench/bench.assay" "$bench/measured.json"
    fi
done
