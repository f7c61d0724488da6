#!/usr/bin/env bash
# snakemake-executor-plugin-slurm 2.8.0 asks sacct how its jobs ended wherever that program is installed, as it is with every
# Slurm package. Where Slurm keeps no accounting (AccountingStorageType=accounting_storage/none, its default) sacct fails each
# time; the failure is written to the debug log alone, and Snakemake waits for ever for jobs that ended long ago.
# --slurm-status-command squeue works.
# Why it matters: on a small cluster the first run seems to hang, with nothing in its output that says why.
# The programs of Slurm are stand-ins here that answer as those of Slurm 22.05 without accounting did.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet snakemake==9.27.1 snakemake-executor-plugin-slurm==2.8.0 2>/dev/null
mkdir "$place/slurm" "$place/work"
program() { printf '#!/bin/sh\n%s\n' "$2" >"$place/slurm/$1" && chmod +x "$place/slurm/$1"; }
program sinfo 'echo main'
program scontrol 'echo "MinJobAge               = 300 sec"'
program sbatch 'touch result && echo 7'
program squeue 'echo "7|COMPLETED"'
program sacct 'echo "Slurm accounting storage is disabled" >&2; exit 1'
program scancel 'exit 0'
cat >"$place/work/Snakefile" <<'SNAKEFILE'
rule make:
    output: "result"
    resources: slurm_partition="main", mem_mb=100, runtime=1
    shell: "touch {output}"
SNAKEFILE

cd "$place/work"
run() {
  rm -rf result .snakemake
  PATH="$place/slurm:$place/venv/bin:$PATH" timeout --signal=KILL "$1" snakemake --executor slurm --jobs 1 \
    --slurm-init-seconds-before-status-checks 1 "${@:2}" >"$place/log" 2>&1
}
expect() {
  [ "$1" = "$2" ] && return
  tail -20 "$place/log"
  exit 1
}
code=0
run 30 || code=$?
echo "by default: exit code $code after 30 seconds (137: it was still waiting), though $(ls result) is there and squeue says COMPLETED"
expect "$code" 137
expect "$(grep -ci 'accounting storage is disabled' "$place/log")" 1 # at the guess of an account, before the job is sent
code=0
run 60 --slurm-status-command squeue || code=$?
echo "with --slurm-status-command squeue: exit code $code"
expect "$code" 0
echo "as described"
