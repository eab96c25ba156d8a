"""Runs scaled-imaging process: `threads` compute, `resources.mem_mb` bounds the process, the log has what is said."""

__author__ = "Scaled Imaging"
__license__ = "GPL-3.0"

import shlex

from snakemake.shell import shell

log = snakemake.log_fmt_shell(stdout=True, stderr=True)
extra = snakemake.params.get("extra", "")
megabytes = snakemake.resources.get("mem_mb")
memory = f"--memory {int(megabytes)}m" if megabytes else ""
mask = snakemake.input.get("mask")
mask_option = f"--mask {shlex.quote(mask)}" if mask else ""
field = snakemake.output.get("field")
field_option = f"--save-field {shlex.quote(field)}" if field else ""
report = snakemake.output.get("report")
report_option = f"--report {shlex.quote(report)}" if report else ""

shell(
    "(scaled-imaging process"
    " {snakemake.input.image:q} {snakemake.output.image:q}"
    " {mask_option}"
    " {field_option}"
    " {report_option}"
    " {extra}"
    " --no-paths"
    " --threads {snakemake.threads}"
    " {memory}"
    " --quiet) {log}"
)
