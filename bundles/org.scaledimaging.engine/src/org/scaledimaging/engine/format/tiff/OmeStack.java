package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.stack.MicroManager;
import org.scaledimaging.engine.format.tiff.stack.Stack;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.message.ImageFormatException;

/** An OME-TIFF: its OME-XML says which page, of which file, is which plane. */
final class OmeStack {
    private OmeStack() {}

    /** @param alone whether the metadata tell of no other image, whose pages might be there, too */
    static Stack of(Pages own, OmeXml xml, boolean alone) throws IOException {
        OmeFiles files = OmeFiles.of(own, xml);
        try {
            return of(own, files, xml, alone);
        } catch (IOException | RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private static Stack of(Pages own, OmeFiles files, OmeXml xml, boolean alone) throws IOException {
        Path file = own.file().path();
        PageLayout first = files.firstPage(xml).layout();
        long samples = first.samples();
        if (xml.sizeC() < 1 || xml.sizeC() % samples != 0) {
            throw new ImageFormatException(
                    file, "SizeC " + xml.sizeC() + " for pages of " + samples + " samples", "a multiple of these");
        }
        OmePlanes planes = OmePlanes.of(files, xml, xml.sizeC() / samples, file, alone);
        PageLayout layout = planes.first().layout();
        if (layout.width() != xml.sizeX() || layout.height() != xml.sizeY()) {
            throw new ImageFormatException(
                    file,
                    "pages of " + layout.width() + " x " + layout.height() + " pixels",
                    "SizeX and SizeY of its OME-XML, " + xml.sizeX() + " x " + xml.sizeY());
        }
        Stack stack = new Stack(
                layout,
                xml.sizeT(),
                xml.sizeC() / samples,
                xml.sizeZ(),
                xml.t(),
                xml.z(),
                xml.y(),
                xml.x(),
                ChannelColours.names(xml.channelNames(), xml.sizeC()),
                colours(xml),
                planes);
        Optional<MicroManager> said = MicroManager.of(own);
        return said.isEmpty()
                ? stack
                : stack.or(said.get().t(), said.get().z(), said.get().pixel());
    }

    /** One for each channel, if any has another than white, which is what a file says of channels without a colour. */
    private static List<Optional<Integer>> colours(OmeXml xml) {
        List<Optional<Integer>> colours = xml.channelColours();
        boolean said = colours.stream().flatMap(Optional::stream).anyMatch(colour -> colour != 0xffffff);
        return said && colours.size() == xml.sizeC() ? List.copyOf(colours) : List.of();
    }
}
