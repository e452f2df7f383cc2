#!/bin/sh
# JSON Lines on standard input to results on standard output through GNU parallel: two processes, four stories to each in turn,
# results in the order of the input. Add `--sshlogin host1,host2` to use other machines that have throughline.
exec parallel --will-cite --pipe --keep-order --jobs 2 -N 4 "${THROUGHLINE:-throughline} filter"
