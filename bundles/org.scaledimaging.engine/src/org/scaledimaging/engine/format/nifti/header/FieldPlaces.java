package org.scaledimaging.engine.format.nifti.header;

/** The places of the fields that are passed on, in bytes, for the two versions of the header. */
enum FieldPlaces {
    /** NIfTI-1. */
    NIFTI1(39, 56, 68, 2, 74, 120, 2, 122, 1, 124, 132, 228, 328),
    /** NIfTI-2. */
    NIFTI2(524, 80, 504, 4, 224, 232, 8, 496, 4, 192, 208, 320, 508);

    final int dimInfo;
    final int intentP;
    final int intentCode;
    final int intentBytes;
    final int sliceStart;
    final int sliceEnd;
    final int sliceBytes;
    final int sliceCode;
    final int sliceCodeBytes;
    /** Where {@code cal_max} is; {@code cal_min} follows it. */
    final int calMax;

    final int sliceDuration;
    final int auxFile;
    final int intentName;

    FieldPlaces(
            int dimInfo,
            int intentP,
            int intentCode,
            int intentBytes,
            int sliceStart,
            int sliceEnd,
            int sliceBytes,
            int sliceCode,
            int sliceCodeBytes,
            int calMax,
            int sliceDuration,
            int auxFile,
            int intentName) {
        this.dimInfo = dimInfo;
        this.intentP = intentP;
        this.intentCode = intentCode;
        this.intentBytes = intentBytes;
        this.sliceStart = sliceStart;
        this.sliceEnd = sliceEnd;
        this.sliceBytes = sliceBytes;
        this.sliceCode = sliceCode;
        this.sliceCodeBytes = sliceCodeBytes;
        this.calMax = calMax;
        this.sliceDuration = sliceDuration;
        this.auxFile = auxFile;
        this.intentName = intentName;
    }

    static FieldPlaces of(HeaderLayout layout) {
        return layout == HeaderLayout.NIFTI1 ? NIFTI1 : NIFTI2;
    }
}
