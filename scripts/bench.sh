#!/usr/bin/env bash
# Generates corpora, indexes and measures them, and prints time, rate and peak memory of each stage, and of a verdict.
#   BENCH_DOCUMENTS   sizes to run, default "100000 1000000"
. "$(dirname "$0")/common.sh"

mkdir -p ui/dist
# Everything at once and with the features of the tests, so that nothing is compiled twice.
cargo build --workspace --features assay-app/custom-protocol --all-targets
bench=${BENCH_FOLDER:-.cache/bench}
mkdir -p "$bench"
say "$(nproc) cores, $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo) of memory, $(uname -srm)"

for documents in ${BENCH_DOCUMENTS:-100000 1000000}; do
    corpus=$bench/corpus-$documents
    [ -d "$corpus" ] || "$target/debug/xtask" corpus --documents "$documents" --out "$corpus" >&2
    rm -rf "$bench/bench.assay"
    "$target/debug/examples/bench" "$corpus" "$documents" "$bench/bench.assay"
done
