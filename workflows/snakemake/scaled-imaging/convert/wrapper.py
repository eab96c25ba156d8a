"""Runs scaled-imaging convert: `threads` compute, `resources.mem_mb` bounds the process, the log has what is said."""

__author__ = "Scaled Imaging"
__license__ = "GPL-3.0"

from snakemake.shell import shell

log = snakemake.log_fmt_shell(stdout=True, stderr=True)
extra = snakemake.params.get("extra", "")
megabytes = snakemake.resources.get("mem_mb")
memory = f"--memory {int(megabytes)}m" if megabytes else ""

shell(
    "(scaled-imaging convert"
    " {snakemake.input.image:q} {snakemake.output.image:q}"
    " {extra}"
    " --no-paths"
    " --threads {snakemake.threads}"
    " {memory}"
    " --quiet) {log}"
)
