#!/usr/bin/env nextflow
/*
 * Corrects each image, keeps the field, and makes of the result a NIfTI file, labels and a page that compares.
 * nextflow run workflows/nextflow --input 'scans/*.nii.gz' --outdir results
 */
include { SCALEDIMAGING_PROCESS } from './modules/scaledimaging/process/main'
include { SCALEDIMAGING_CONVERT } from './modules/scaledimaging/convert/main'
include { SCALEDIMAGING_SEGMENT } from './modules/scaledimaging/segment/main'
include { SCALEDIMAGING_REPORT  } from './modules/scaledimaging/report/main'

workflow {
    images = Channel.fromPath(params.input, checkIfExists: true, type: 'any')
        .map { image -> [[id: image.name.tokenize('.').first()], image] }

    mask = params.mask ? file(params.mask, checkIfExists: true) : []

    SCALEDIMAGING_PROCESS(images.map { meta, image -> [meta, image, mask] })
    corrected = SCALEDIMAGING_PROCESS.out.image

    SCALEDIMAGING_CONVERT(corrected)
    SCALEDIMAGING_SEGMENT(corrected)
    SCALEDIMAGING_REPORT(
        images
            .join(corrected)
            .join(SCALEDIMAGING_PROCESS.out.field, remainder: true)
            .map { meta, before, after, field -> [meta, before, after, field ?: [], mask] }
    )

    SCALEDIMAGING_PROCESS.out.versions
        .mix(SCALEDIMAGING_CONVERT.out.versions, SCALEDIMAGING_SEGMENT.out.versions, SCALEDIMAGING_REPORT.out.versions)
        .unique()
        .collectFile(name: 'versions.yml', storeDir: params.outdir, sort: true)
}
