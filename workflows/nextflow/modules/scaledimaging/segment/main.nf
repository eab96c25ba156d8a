process SCALEDIMAGING_SEGMENT {
    tag "$meta.id"
    label 'process_medium'

    conda "${moduleDir}/environment.yml"
    container 'scaled-imaging:1.0.0'
    // Nextflow calls bash in the container, whose entry point is the command line.
    containerOptions { workflow.containerEngine in ['docker', 'podman'] ? '--entrypoint ""' : '' }

    input:
    tuple val(meta), path(image)

    output:
    tuple val(meta), path("${prefix}.${suffix}"), emit: labels
    tuple val(meta), path("${prefix}.json")     , emit: sidecar, optional: true
    path "versions.yml"                         , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args   = task.ext.args   ?: ''
    prefix     = task.ext.prefix ?: "${meta.id}_labels"
    suffix     = task.ext.suffix ?: "ome.zarr"
    def memory = task.memory ? "--memory ${task.memory.toMega()}m" : ''
    if ("$image" == "${prefix}.${suffix}") {
        error "SCALEDIMAGING: the output is called as the input is, $image: set ext.prefix or ext.suffix to something else."
    }
    """
    scaled-imaging segment \\
        $image "${prefix}.${suffix}" \\
        $args \\
        --no-paths \\
        --threads $task.cpus \\
        $memory \\
        --quiet

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        scaled-imaging: \$(scaled-imaging --version | cut -d ' ' -f 2)
    END_VERSIONS
    """

    stub:
    prefix     = task.ext.prefix ?: "${meta.id}_labels"
    suffix     = task.ext.suffix ?: "ome.zarr"
    """
    case "${prefix}.${suffix}" in
        *.zarr) mkdir "${prefix}.${suffix}"; echo '{}' > "${prefix}.${suffix}/zarr.json" ;;
        *.gz) echo '' | gzip > "${prefix}.${suffix}" ;;
        *) touch "${prefix}.${suffix}" ;;
    esac

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        scaled-imaging: \$(scaled-imaging --version | cut -d ' ' -f 2)
    END_VERSIONS
    """
}
