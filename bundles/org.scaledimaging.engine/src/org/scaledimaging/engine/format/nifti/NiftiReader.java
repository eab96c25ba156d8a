package org.scaledimaging.engine.format.nifti;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.header.Extensions;
import org.scaledimaging.engine.format.nifti.header.HeaderCodec;
import org.scaledimaging.engine.format.nifti.header.HeaderMetadata;
import org.scaledimaging.engine.format.nifti.header.NiftiHeader;
import org.scaledimaging.engine.format.nifti.header.Scaling;
import org.scaledimaging.engine.format.raw.FileVoxels;
import org.scaledimaging.engine.format.raw.RawSource;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Opens NIfTI-1 and NIfTI-2 images of either byte order: {@code .nii}, {@code .hdr} with {@code .img} (by either name),
 * and any of these compressed with gzip. Axes are {@code yx}, {@code zyx}, {@code tzyx}, {@code ctzyx}; of five axes
 * with no more than one point in time, {@code czyx}. The pixel type is the file's, or {@link PixelType#working} where it
 * has a slope and an intercept. Plain files are mapped into memory; compressed ones are decompressed once, at the first
 * read, for which other readers wait. Thread-safe, as are the images.
 */
public final class NiftiReader {
    /** How much of a file is mapped by one buffer. */
    private static final int SEGMENT_BYTES = 1 << 30;

    private final UnpackOptions options;
    private final int segmentBytes;

    /** With the usual options. */
    public NiftiReader() {
        this(UnpackOptions.defaults());
    }

    /** With options for files that are compressed. */
    public NiftiReader(UnpackOptions options) {
        this(options, SEGMENT_BYTES);
    }

    /** @param segmentBytes a multiple of 8 */
    NiftiReader(UnpackOptions options, int segmentBytes) {
        this.options = options;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Opens an image: its metadata now, its voxels on demand.
     *
     * @throws ImageFormatException when the content is not as the format wants it
     */
    public ImageSource open(Path location) throws IOException {
        if (!Files.isRegularFile(location)) {
            FileState.checkRegular(location);
            throw new ImageFormatException(
                    location, Files.exists(location) ? "a folder" : "no such file", "a NIfTI file");
        }
        Path headerFile = NiftiFiles.header(location);
        OpenedFiles opened = new OpenedFiles(headerFile);
        opened.add(headerFile);
        NiftiHeader header = HeaderCodec.decode(headerFile, NiftiFiles.start(headerFile, HeaderCodec.MAX_SIZE));
        PixelType raw = header.type().pixelType().orElseThrow();
        Optional<Scaling> scaling = header.type().colours() > 1 ? Optional.empty() : Scaling.of(headerFile, header);
        byte[] start = NiftiFiles.start(headerFile, Math.max(HeaderCodec.MAX_SIZE, Extensions.reach(header)));
        ImageMetadata metadata =
                HeaderMetadata.of(NiftiFiles.stem(location), header, start, scaling.isPresent() ? raw.working() : raw);
        Path voxels = NiftiFiles.voxels(headerFile, header);
        opened.add(voxels);
        FileVoxels layout = new FileVoxels(
                voxels, Unpacking.of(voxels), 0, header.voxOffset(), raw, header.order(), metadata.shape());
        ImageSource image = new RawSource(
                metadata, raw, layout.store(options, opened, segmentBytes), scaling.map(known -> known::apply), opened);
        return header.type().colours() == 1
                ? image
                : TransposedSource.of(
                        image,
                        AxisOrder.sorting(
                                metadata.dimensions(),
                                Comparator.comparing(dimension -> dimension.axis() == Axis.C ? 0 : 1)));
    }
}
