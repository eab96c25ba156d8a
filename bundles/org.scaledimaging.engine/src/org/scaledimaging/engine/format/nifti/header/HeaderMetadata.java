package org.scaledimaging.engine.format.nifti.header;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.header.Extensions.Extension;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/** The metadata of an image whose header was read. */
public final class HeaderMetadata {

    private HeaderMetadata() {}

    /**
     * The image as its voxels lie in the file, slowest axis first; of colours that are in a voxel the axis is last.
     *
     * @param start the first bytes of the file, at least up to {@link Extensions#reach}
     */
    public static ImageMetadata of(String name, NiftiHeader header, byte[] start, PixelType type) {
        List<Extension> extensions = Extensions.read(header, start);
        Optional<WorldFrame> frame = HeaderGeometry.frame(header);
        boolean colours = header.type().colours() > 1;
        Optional<ChannelExtension> channels = ChannelExtension.find(extensions);
        boolean fourth = !colours
                && header.dim()[0] == 4
                && channels.filter(said -> said.axis() == 4).isPresent();
        List<Dimension> dimensions = HeaderGeometry.dimensions(header, frame, fourth ? 4 : 5);
        ObjectNode fields = HeaderFieldsCodec.read(header, start, fourth);
        HeaderFieldsCodec.add(fields, extensions);
        if (frame.isEmpty()) {
            fields.put(HeaderFields.UNORIENTED, true);
        }
        if (colours || !fourth && header.dim()[0] > 4 && header.dim()[5] > 1) {
            fields.put(HeaderFields.CHANNEL_AXIS, colours ? 0 : 5);
        }
        ImageMetadata metadata = new ImageMetadata(name, type, dimensions, frame, List.of(), Optional.empty())
                .withHeader(Optional.of(HeaderFields.of(fields)));
        if (colours) {
            return ChannelColours.ofPixels(metadata, header.type().colours());
        }
        long count = fourth ? header.dim()[4] : header.dim()[0] > 4 ? header.dim()[5] : 1;
        return channels.filter(said -> said.names().size() == count)
                .map(said -> metadata.withChannels(said.names(), Optional.empty()))
                .orElse(metadata);
    }
}
