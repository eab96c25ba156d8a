package org.scaledimaging.engine.imglib2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

class ImgLib2Test {

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void anImageHasTheSameVoxelsThereWithItsAxesReversed(PixelType type) {
        FormulaSource image =
                FormulaSource.of("czyx", type, new long[] {2, 9, 17, 20}, p -> FormulaSource.scattered(p) % 100);
        RandomAccessibleInterval<? extends RealType<?>> view = Image.of(image).imgLib2();
        assertArrayEquals(new long[] {20, 17, 9, 2}, view.dimensionsAsLongArray());
        assertEquals(0, image.voxelsRead());
        var access = view.randomAccess();
        for (long[] position : new long[][] {{0, 0, 0, 0}, {1, 8, 16, 19}, {0, 7, 8, 15}, {1, 0, 3, 9}}) {
            access.setPosition(new long[] {position[3], position[2], position[1], position[0]});
            assertEquals(FormulaSource.scattered(position) % 100, access.get().getRealDouble());
        }
        assertTrue(image.voxelsRead() <= 4 * 512, "cells are read when they are touched");
    }

    @Test
    void anImgLib2ImageIsReadBlockByBlock() throws Exception {
        short[] values = new short[5 * 6 * 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (i * 300);
        }
        ImageMetadata metadata = ImageMetadata.of(
                "array", PixelType.UINT16, Dimension.of(Axis.Z, 5), Dimension.of(Axis.Y, 6), Dimension.of(Axis.X, 7));
        ImageSource source =
                Image.of(ArrayImgs.unsignedShorts(values, 7, 6, 5), metadata).source();
        assertArrayEquals(values, (short[]) source.read(metadata.interval()).voxels());
        Interval part = Interval.between(new long[] {1, 2, 3}, new long[] {2, 4, 5});
        int start = (6 + 2) * 7 + 3;
        assertArrayEquals(
                new short[] {values[start], values[start + 1], values[start + 7], values[start + 8]},
                (short[]) source.read(part).voxels());
        assertThrows(
                IllegalArgumentException.class, () -> Image.of(ArrayImgs.unsignedShorts(values, 5, 6, 7), metadata));
        assertThrows(IllegalArgumentException.class, () -> Image.of(ArrayImgs.shorts(values, 7, 6, 5), metadata));
    }
}
