#!/usr/bin/env bash
# Generates corpora, indexes and measures them, and prints documents, time, rate and peak memory.
#   BENCH_DOCUMENTS   sizes to run, default "100000 1000000"
. "$(dirname "$0")/common.sh"

mkdir -p ui/dist
cargo build --workspace --features assay-app/custom-protocol --bin assay --bin xtask
bench=.cache/bench
mkdir -p "$bench"
say "$(nproc) cores, $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo) of memory, $(uname -srm)"

for documents in ${BENCH_DOCUMENTS:-100000 1000000}; do
    corpus=$bench/corpus-$documents
    [ -d "$corpus" ] || "$target/debug/xtask" corpus --documents "$documents" --out "$corpus" >&2
    rm -rf "$bench/bench.assay"
    bytes=$(du -sb "$corpus" | cut -f1)
    python3 scripts/measure_process.py "$documents" "$bytes" "$assay" index "$corpus" --dataset bench \
        --workspace "$bench/bench.assay" --json --quiet
done
