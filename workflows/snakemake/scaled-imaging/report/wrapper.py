"""Runs scaled-imaging report: `threads` compute, `resources.mem_mb` bounds the process, the log has what is said."""

__author__ = "Scaled Imaging"
__license__ = "GPL-3.0"

import shlex

from snakemake.shell import shell

log = snakemake.log_fmt_shell(stdout=True, stderr=True)
extra = snakemake.params.get("extra", "")
megabytes = snakemake.resources.get("mem_mb")
memory = f"--memory {int(megabytes)}m" if megabytes else ""
field = snakemake.input.get("field")
field_option = f"--field {shlex.quote(field)}" if field else ""
mask = snakemake.input.get("mask")
mask_option = f"--mask {shlex.quote(mask)}" if mask else ""

shell(
    "(scaled-imaging report"
    " {snakemake.input.before:q} {snakemake.input.after:q} {snakemake.output.report:q}"
    " {field_option}"
    " {mask_option}"
    " {extra}"
    " --threads {snakemake.threads}"
    " {memory}"
    " --quiet) {log}"
)
