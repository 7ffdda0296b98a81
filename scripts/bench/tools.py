#!/usr/bin/env python3
"""How do public tools do on the file that Assay has just measured?

    tools.py CORPUS WORKSPACE RESULT

CORPUS is a folder of JSON Lines (id, text, domain, language, written_by); WORKSPACE is where the bench program indexed it;
RESULT is the JSON it wrote. Each tool that can be imported runs in a process of its own, on the same files, one after the
other; what is not installed is named and left out. Near-duplicates are sought at Jaccard 0.8 over five-word shingles of the
lower-cased text, with each tool's own parameters for that threshold. Time is that of the tool's process less its imports;
memory is the process's peak, its children included where the tool starts any.

Every pair that a tool names, and every pair that Assay accepted by similarity, is then compared in full here, with shingles
made here: precision is the share that holds, recall the share of all pairs known to hold, from whichever side.
"""

import importlib.metadata
import importlib.util
import json
import os
import pathlib
import re
import resource
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

THRESHOLD = 0.8
SHINGLE = 5
# A tool that has not ended by then is stopped, and said to be.
LONGEST_S = float(os.environ.get("BENCH_TOOL_SECONDS", "900"))
# Groups larger than this are not taken apart into pairs: a thousand members have half a million.
LARGEST_GROUP = 1_000


def documents(corpus):
    """The ids and texts of the corpus, in the order of its files."""
    try:
        from orjson import loads
    except ImportError:
        loads = json.loads
    ids, texts = [], []
    for path in sorted(pathlib.Path(corpus).glob("*.jsonl")):
        with open(path, "rb") as lines:
            for line in lines:
                record = loads(line)
                ids.append(record["id"])
                texts.append(record["text"])
    return ids, texts


def words(text):
    return re.findall(r"\w+", text.lower())


def shingles(text):
    tokens = words(text)
    return [" ".join(tokens[at : at + SHINGLE]) for at in range(len(tokens) - SHINGLE + 1)]


def within(groups):
    """All pairs inside each group of ids."""
    for group in groups:
        group = sorted(set(group))[:LARGEST_GROUP]
        yield from ((a, b) for at, a in enumerate(group) for b in group[at + 1 :])


# Each tool: parse, then near-duplicates; returns seconds of each step and the pairs it names.


def gaoya(corpus, _folder):
    from gaoya.minhash import MinHashStringIndex

    began = time.perf_counter()
    ids, texts = documents(corpus)
    parsed = time.perf_counter()
    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=THRESHOLD, num_hashes=128, num_bands=None, band_size=None,
        analyzer="word", lowercase=True, ngram_range=(SHINGLE, SHINGLE), id_container="smallvec",
    )  # fmt: skip
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    near = index.par_bulk_query(texts)
    ended = time.perf_counter()
    pairs = {(min(a, b), max(a, b)) for a, others in enumerate(near) for b in others if a != b}
    return parsed - began, ended - parsed, [(ids[a], ids[b]) for a, b in pairs]


def rensa(corpus, _folder):
    from rensa import RMinHash, RMinHashLSH

    permutations = 128
    began = time.perf_counter()
    ids, texts = documents(corpus)
    parsed = time.perf_counter()
    lsh = RMinHashLSH(THRESHOLD, permutations, 16)
    sketches = []
    for number, text in enumerate(texts):
        sketch = RMinHash(permutations, 42)
        sketch.update(shingles(text))
        lsh.insert(number, sketch)
        sketches.append(sketch)
    pairs = set()
    for a, sketch in enumerate(sketches):
        others = (b for b in lsh.query(sketch) if b > a)
        pairs.update((a, b) for b in others if sketch.jaccard(sketches[b]) >= THRESHOLD)
    ended = time.perf_counter()
    return parsed - began, ended - parsed, [(ids[a], ids[b]) for a, b in pairs]


def datatrove(corpus, folder):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup.minhash import (
        MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature,
    )  # fmt: skip
    from datatrove.pipeline.readers import JsonlReader

    config = MinhashConfig(n_grams=SHINGLE)
    cores = os.cpu_count() or 1
    files = sorted(pathlib.Path(corpus).glob("*.jsonl"))
    at = lambda name: f"{folder}/{name}"  # noqa: E731
    began = time.perf_counter()
    run = lambda steps, tasks: LocalPipelineExecutor(  # noqa: E731
        pipeline=steps, tasks=tasks, workers=min(cores, tasks), logging_dir=at("logs/" + steps[-1].name), skip_completed=False
    ).run()
    run([JsonlReader(str(corpus)), MinhashDedupSignature(at("signatures"), config)], len(files))
    run([MinhashDedupBuckets(at("signatures"), at("buckets"), config=config)], config.num_buckets)
    run([MinhashDedupCluster(at("buckets"), at("clusters"), config=config, save_cluster_id=True)], 1)
    ended = time.perf_counter()
    groups = {}
    ids = [[json.loads(line)["id"] for line in open(path, "rb")] for path in files]
    for path in pathlib.Path(folder, "clusters").glob("*.clusters"):
        for document, cluster in struct.iter_unpack("<2I", path.read_bytes()):
            groups.setdefault(cluster, []).append(ids[int(path.stem)][document])
    return 0.0, ended - began, list(within(groups.values()))


def text_dedup(corpus, folder):
    import pickle

    files = sorted(str(path) for path in pathlib.Path(corpus).glob("*.jsonl"))
    began = time.perf_counter()
    command = [
        sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", f"{corpus}/*.jsonl", "--split", "train",
        "--column", "text", "--ngram", str(SHINGLE), "--threshold", str(THRESHOLD), "--num_perm", "128",
        "--hash_func", "xxh3", "--hash_bits", "32", "--cache_dir", f"{folder}/cache", "--output", f"{folder}/out", "--debug",
    ]  # fmt: skip
    environment = {**os.environ, "HF_HOME": f"{folder}/home", "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
    subprocess.run(command, check=True, cwd=folder, env=environment, stdout=sys.stderr)
    ended = time.perf_counter()
    ids = [json.loads(line)["id"] for path in files for line in open(path, "rb")]
    with open(f"{folder}/out/uf.pkl", "rb") as dump:
        found = pickle.load(dump)
    groups = {}
    for number in list(found.parent):
        groups.setdefault(found.find(number), []).append(ids[number])
    return 0.0, ended - began, list(within(groups.values()))


def duckdb(corpus, _folder):
    """Group-bys only: counts by domain, language and writer, and groups of equal texts."""
    import duckdb as engine

    began = time.perf_counter()
    table = f"read_json('{corpus}/*.jsonl', format = 'newline_delimited')"
    engine.sql(f"SELECT domain, language, written_by, count(*), sum(length(text)) FROM {table} GROUP BY ALL").fetchall()
    engine.sql(f"SELECT sum(n - 1) FROM (SELECT count(*) n FROM {table} GROUP BY text HAVING n > 1)").fetchall()
    return 0.0, time.perf_counter() - began, None


TOOLS = {
    "gaoya": (gaoya, "gaoya", "near-duplicates, estimated"),
    "rensa": (rensa, "rensa", "near-duplicates, estimated"),
    "datatrove": (datatrove, "datatrove", "near-duplicates, chained by bands"),
    "text-dedup": (text_dedup, "text_dedup", "near-duplicates, chained by bands"),
    "duckdb": (duckdb, "duckdb", "two group-bys, equal texts"),
}


def run_one(name, corpus, result):
    """In a process of its own: runs one tool and writes what it did."""
    with tempfile.TemporaryDirectory(dir=pathlib.Path(result).parent) as folder:
        parse_s, near_s, pairs = TOOLS[name][0](corpus, folder)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found = {"parse_s": parse_s, "near_s": near_s, "peak_mib": peak / 1024, "pairs": pairs}
    pathlib.Path(result).write_text(json.dumps(found))


def run_all(corpus, folder):
    # The tools run in folders of their own.
    corpus = pathlib.Path(corpus).resolve()
    for name, (_, module, does) in TOOLS.items():
        if importlib.util.find_spec(module) is None:
            print(f"  {name}: not installed, left out (make bench-tools installs it)")
            continue
        result = folder / f"{name}.json"
        log = folder / f"{name}.log"
        command = [sys.executable, __file__, "--one", name, str(corpus), str(result)]
        try:
            with open(log, "w") as out:
                ended = subprocess.run(command, stdout=out, stderr=out, timeout=LONGEST_S)
        except subprocess.TimeoutExpired:
            print(f"  {name}: had not ended after {LONGEST_S:.0f} s")
            continue
        if ended.returncode != 0:
            last = log.read_text().strip().splitlines()[-1:] or [""]
            print(f"  {name}: failed ({last[0][:120]}); the rest is in {log}")
            continue
        found = json.loads(result.read_text())
        yield f"{name} {importlib.metadata.version(name)}", does, found


def assay_pairs(workspace):
    """Pairs of samples, by their own ids, that Assay accepted at the threshold; copies of a text stand for one another."""
    index = sqlite3.connect(f"file:{workspace}/index.db?mode=ro", uri=True)
    accepted = index.execute(
        "SELECT a.key, b.key, p.kind FROM pair p JOIN sample a ON a.id = p.a JOIN sample b ON b.id = p.b "
        "WHERE p.accepted AND p.jaccard >= ?", [THRESHOLD]
    ).fetchall()  # fmt: skip
    copies = {}
    for a, b, kind in accepted:
        if kind != "near":
            copies.setdefault(a, [a]).append(b)
    pairs = set(ordered(within(copies.values())))
    for a, b, kind in accepted:
        if kind == "near":
            pairs.update(ordered((x, y) for x in copies.get(a, [a]) for y in copies.get(b, [b])))
    return pairs


def ordered(pairs):
    return ((min(a, b), max(a, b)) for a, b in pairs)


def hold(pairs, sets):
    """The pairs whose full sets have the similarity asked for."""
    true = set()
    for a, b in pairs:
        shared = len(sets[a] & sets[b])
        union = len(sets[a]) + len(sets[b]) - shared
        if union and shared / union >= THRESHOLD:
            true.add((a, b))
    return true


def main(corpus, workspace, measured):
    measured = json.loads(pathlib.Path(measured).read_text())
    count = measured["documents"]
    print(f"  public tools on the same {count} documents")
    rows = list(run_all(corpus, pathlib.Path(workspace).parent))
    named = {name: set(ordered(found["pairs"])) for name, _, found in rows if found["pairs"] is not None}
    named["assay"] = assay_pairs(workspace)
    wanted = {document for pairs in named.values() for pair in pairs for document in pair}
    ids, texts = documents(corpus)
    sets = {id: frozenset(map(hash, shingles(text))) for id, text in zip(ids, texts) if id in wanted}
    truth = hold(set().union(*named.values()), sets)

    stages = {stage["stage"]: stage["seconds"] for stage in measured["stages"]}
    everything, near_step = measured["seconds"], stages["duplication"]
    print("  tool                  does                                seconds   documents/s  peak MiB  precision  recall  Assay all / step")
    line = "  {:<21} {:<35} {:>7.1f} {:>13,.0f} {:>9,.0f} {:>10} {:>7}  {}".format

    def judged(name):
        if name not in named:
            return "", ""
        right = len(named[name] & truth)
        return f"{right / max(len(named[name]), 1):.4f}", f"{right / max(len(truth), 1):.4f}"

    print(line("assay, everything", "all measures, every pair verified", everything, count / everything,
               measured["peak_mib"], *judged("assay"), ""))  # fmt: skip
    print(line("assay, step alone", "near-duplicates, from kept shingles", near_step, count / near_step,
               measured["peak_mib"], *judged("assay"), ""))  # fmt: skip
    for name, does, found in rows:
        seconds = found["parse_s"] + found["near_s"]
        ratios = f"{seconds / everything:.2f}x / {found['near_s'] / near_step:.1f}x"
        print(line(name, does, seconds, count / seconds, found["peak_mib"], *judged(name), ratios))
    print(f"  {len(truth)} pairs hold at {THRESHOLD}; ratios: tool's time over Assay's (all; its near-duplicate step over Assay's)")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--one", name, corpus, result]:
            run_one(name, corpus, result)
        case [corpus, workspace, measured]:
            main(corpus, workspace, measured)
        case _:
            sys.exit(__doc__)
