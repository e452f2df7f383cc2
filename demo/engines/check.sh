#!/bin/sh
# Runs corpus/ through one process, GNU parallel and Dask, and compares the results byte for byte. Needs a build (npm run build)
# and the Debian packages parallel and python3-distributed. Exits with 1 when results differ or an engine is missing.
set -e
cd "$(dirname "$0")/../.."
THROUGHLINE="node $PWD/dist/cli.js"
export THROUGHLINE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node demo/engines/stories.mjs corpus > "$work/stories.jsonl"
stories=$(wc -l < "$work/stories.jsonl")
$THROUGHLINE filter < "$work/stories.jsonl" > "$work/single.jsonl"
[ "$(wc -l < "$work/single.jsonl")" = "$stories" ] || { echo "one process: lines are missing"; exit 1; }
failed=0
compare() {
  if cmp -s "$work/single.jsonl" "$work/$1.jsonl"; then echo "$1: $stories stories, the same bytes as one process"; else echo "$1: results differ"; failed=1; fi
}
if command -v parallel > /dev/null; then
  sh demo/engines/with_parallel.sh < "$work/stories.jsonl" > "$work/parallel.jsonl" && compare parallel
else echo "parallel: not installed"; failed=1; fi
python=/usr/bin/python3
if $python -c 'import distributed' 2> /dev/null; then
  $python demo/engines/with_dask.py < "$work/stories.jsonl" > "$work/dask.jsonl" && compare dask
else echo "dask: not installed"; failed=1; fi
exit $failed
