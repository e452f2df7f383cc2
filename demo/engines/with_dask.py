#!/usr/bin/env python3
"""JSON Lines on standard input to results on standard output through Dask: the same batches, on a local cluster of two processes.

Pass the address of a scheduler to use a cluster: with_dask.py tcp://scheduler:8786
"""
import os
import shlex
import subprocess
import sys

from dask.distributed import Client, LocalCluster

COMMAND = shlex.split(os.environ.get("THROUGHLINE", "throughline")) + ["filter"]
BATCH = 4


def analyse(lines):
    """Runs one filter process over a batch of lines. Exit code 1 means that some lines have an error record."""
    done = subprocess.run(COMMAND, input="".join(lines), capture_output=True, text=True, encoding="utf-8")
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    return done.stdout


def main():
    lines = [line for line in sys.stdin if line.strip()]
    batches = [lines[i : i + BATCH] for i in range(0, len(lines), BATCH)]
    cluster = None if len(sys.argv) > 1 else LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with Client(sys.argv[1] if cluster is None else cluster) as client:
        for future in client.map(analyse, batches, pure=False):
            sys.stdout.write(future.result())
    if cluster is not None:
        cluster.close()


if __name__ == "__main__":
    main()
