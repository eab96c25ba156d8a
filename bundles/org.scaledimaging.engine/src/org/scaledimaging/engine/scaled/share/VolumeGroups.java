package org.scaledimaging.engine.scaled.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.Volumes;

/** The volumes of an image in groups, each of which has one estimate. */
public final class VolumeGroups {
    private final ImageMetadata image;
    private final ImageMetadata metadata;
    private final Volumes volumes;
    private final Volumes groups;

    private VolumeGroups(ImageMetadata image, ImageMetadata metadata) {
        this.image = image;
        this.metadata = metadata;
        this.volumes = Volumes.of(image);
        this.groups = Volumes.of(metadata);
    }

    /** @param image spatial axes last */
    public static VolumeGroups of(ImageMetadata image, Sharing sharing) {
        List<Dimension> dimensions = new ArrayList<>();
        for (Dimension dimension : image.dimensions()) {
            dimensions.add(sharing.axes().contains(dimension.axis()) ? dimension.resampled(1, 1, 0) : dimension);
        }
        return new VolumeGroups(
                image, image.withChannels(List.of(), Optional.empty()).withDimensions(dimensions));
    }

    /** The groups as the volumes of an image: axes along which an estimate is shared have length 1. */
    public ImageMetadata metadata() {
        return metadata;
    }

    /** How many there are. */
    public int count() {
        return groups.count();
    }

    /** The group that a volume belongs to, from 0. */
    public int groupOf(int volume) {
        return groups.numberOf(groupIndex(volumes.indexOf(volume)));
    }

    private long[] groupIndex(long[] index) {
        long[] group = index.clone();
        for (int d = 0; d < group.length; d++) {
            group[d] = Math.min(group[d], metadata.shape()[d] - 1);
        }
        return group;
    }

    /** The volumes of a group that an estimate is made from, by their numbers. */
    List<Integer> members(int group, EstimateFrom from) {
        return IntStream.range(0, volumes.count())
                .filter(volume -> groupOf(volume) == group)
                .filter(volume -> from.takes(index(volumes, volume, Axis.C), index(volumes, volume, Axis.T)))
                .boxed()
                .toList();
    }

    /** Where a group lies along an axis, from 0; 0 where it goes along all of it. */
    long index(int group, Axis axis) {
        return index(groups, group, axis);
    }

    private long index(Volumes of, int number, Axis axis) {
        int d = image.indexOf(axis);
        return d < 0 ? 0 : of.indexOf(number)[d];
    }
}
