"""Runs a command that prints a report as JSON and prints one line: documents, rate, stages, peak memory.

The peak is the largest sum of the resident sets of the process and its children, sampled every 50 ms.
"""

import json
import os
import subprocess
import sys
import threading
import time


def resident_bytes(root: int) -> int:
    """The resident sets of a process and of everything that it started."""
    parents, sizes = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(name)] = int(fields[1])
        sizes[int(name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    total, frontier = 0, {root}
    while frontier:
        total += sum(sizes.get(process, 0) for process in frontier)
        frontier = {process for process, parent in parents.items() if parent in frontier}
    return total


def main() -> None:
    documents, size, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    peak = [0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], resident_bytes(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, _ = process.communicate()
    watcher.join()
    seconds = time.monotonic() - started
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}: {out.decode(errors='replace')[:2000]}")
    report = json.loads(out)
    elapsed = report["elapsed_s"]
    print(
        f"{documents:>10,} documents  {size / 1e6:>8.0f} MB  {seconds:>7.1f} s  {documents / seconds:>8,.0f} documents/s  "
        f"{size / 1e6 / seconds:>6.1f} MB/s  index {elapsed['index']:.1f} s  measure {elapsed['measure']:.1f} s  "
        f"peak {peak[0] / 2**20:,.0f} MiB"
    )


main()
