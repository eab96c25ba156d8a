// What is left out or goes wrong on purpose. The last ends the run, so it waits for the one before, which gives nothing.
include { SCALEDIMAGING_CONVERT as SAME_NAME     } from '../../../workflows/nextflow/modules/scaledimaging/convert/main'
include { SCALEDIMAGING_CONVERT as LITTLE_MEMORY } from '../../../workflows/nextflow/modules/scaledimaging/convert/main'
include { SCALEDIMAGING_CONVERT as LEFT_OUT      } from '../../../workflows/nextflow/modules/scaledimaging/convert/main'

workflow {
    image = [[id: 'biased'], file(params.input)]
    LEFT_OUT(Channel.of(image))
    LITTLE_MEMORY(Channel.of(image))
    SAME_NAME(LITTLE_MEMORY.out.image.ifEmpty(image))
}
