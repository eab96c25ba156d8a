package org.scaledimaging.cli.option;

import java.io.IOException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands where an image is written to: a path, or an address of an object store. */
public final class ImageTargetConverter implements ITypeConverter<ImageLocation> {
    @Override
    public ImageLocation convert(String text) {
        try {
            return Addresses.imageTarget(text);
        } catch (IOException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
