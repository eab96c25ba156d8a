process SCALEDIMAGING_REPORT {
    tag "$meta.id"
    label 'process_low'

    conda "${moduleDir}/environment.yml"
    container 'scaled-imaging:1.0.0'
    // Nextflow calls bash in the container, whose entry point is the command line.
    containerOptions { workflow.containerEngine in ['docker', 'podman'] ? '--entrypoint ""' : '' }

    input:
    tuple val(meta), path(before, stageAs: 'before/*'), path(after, stageAs: 'after/*'), path(field, stageAs: 'field/*'), path(mask, stageAs: 'mask/*')

    output:
    tuple val(meta), path("${prefix}.html"), emit: report
    path "versions.yml"                    , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args   = task.ext.args   ?: ''
    prefix     = task.ext.prefix ?: "${meta.id}"
    def memory = task.memory ? "--memory ${task.memory.toMega()}m" : ''
    def shown  = field ? "--field $field" : ''
    def masked = mask ? "--mask $mask" : ''
    """
    scaled-imaging report \\
        $before $after "${prefix}.html" \\
        $shown \\
        $masked \\
        $args \\
        --threads $task.cpus \\
        $memory \\
        --quiet

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        scaled-imaging: \$(scaled-imaging --version | cut -d ' ' -f 2)
    END_VERSIONS
    """

    stub:
    prefix     = task.ext.prefix ?: "${meta.id}"
    """
    touch "${prefix}.html"

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        scaled-imaging: \$(scaled-imaging --version | cut -d ' ' -f 2)
    END_VERSIONS
    """
}
