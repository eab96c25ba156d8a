package org.scaledimaging.engine.scaled.share;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.scaledimaging.engine.align.GridImage;
import org.scaledimaging.engine.align.GridMask;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.scaled.lowres.StoredVolumes;
import org.scaledimaging.engine.scaled.share.EstimateFrom.Kind;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;
import org.scaledimaging.engine.view.SelectedSource;

/** Makes the low-resolution image that fields are estimated on, where that is not each volume as it is. */
public final class SharedVolumes {
    private final StoredVolumes stored;
    private final EstimateFrom from;
    private final ImageMetadata image;
    private final Sharing sharing;
    private final VolumeGroups groups;
    private final BlockStore store;

    /**
     * @param stored the volumes of the image
     * @param from without a file of its own
     * @param image at low resolution, spatial axes last
     * @param store keeps what is made
     */
    public SharedVolumes(
            StoredVolumes stored, EstimateFrom from, ImageMetadata image, Sharing sharing, BlockStore store) {
        this.stored = stored;
        this.from = from;
        this.image = image;
        this.sharing = sharing;
        this.groups = VolumeGroups.of(image, sharing);
        this.store = store;
    }

    /** Which volumes have a field in common. */
    public VolumeGroups groups() {
        return groups;
    }

    /** For what has been estimated before: volumes that can be restored, and not read. */
    public StoredVolumes toRestore() {
        return stored.derived(new SharedSource(groups.metadata(), List.of(), Combination.MEAN, Optional.empty()), 1);
    }

    /**
     * The volumes that fields are estimated on, one for each group. Reads all volumes of the image, once what is given has
     * been found to fit it.
     *
     * @param grid a volume of the image at low resolution, whose voxels nobody reads
     * @param own the image that the estimate is made from, where it is one of its own
     * @param mask where voxels take part
     * @throws ParameterException when one of these does not fit the image
     */
    public StoredVolumes made(
            Optional<GivenImage> own, Optional<GivenImage> mask, LowResolutionImage grid, Execution execution)
            throws IOException, ParameterException {
        List<List<StoredBlock>> members =
                own.isPresent() ? new OwnImage(own.get(), grid).members(execution) : List.of();
        Optional<BitSet> inside = Optional.empty();
        if (mask.isPresent()) {
            inside = Optional.of(bits(GridMask.of(
                    Setting.MASK.toString(), mask.get().name(), mask.get().source(), grid, execution)));
        }
        notice().ifPresent(execution::tell);
        stored.readAll(execution);
        members = own.isPresent() ? members : members(stored.all(execution));
        SharedSource source = new SharedSource(groups.metadata(), members, Combination.of(from), inside);
        return stored.derived(
                source, members.stream().mapToInt(List::size).max().orElse(1));
    }

    /** What the user has to know of which fields there are; nothing where each volume has its own. */
    private Optional<Notice> notice() {
        if (from.kind() == Kind.EACH) {
            return Optional.empty();
        }
        if (stored.count() == 1) {
            return Optional.of(Notice.information(
                    from.kind() == Kind.IMAGE
                            ? "The field is estimated from an image of its own."
                            : Setting.ESTIMATE_FROM + " " + from.text() + " changes nothing: " + image.name()
                                    + " is one volume, from which its field is estimated."));
        }
        String of = sharing == Sharing.NONE
                ? "it"
                : sharing == Sharing.ALL ? "the volumes" : sharing == Sharing.TIME ? "the time points" : "the channels";
        return Optional.of(Notice.information(
                "One field for " + sharing.inWords(image) + ", estimated from " + from.inWords(of) + "."));
    }

    private List<List<StoredBlock>> members(List<StoredBlock> volumes) {
        List<List<StoredBlock>> members = new ArrayList<>();
        for (int group = 0; group < groups.count(); group++) {
            members.add(groups.members(group, from).stream().map(volumes::get).toList());
        }
        return members;
    }

    private static BitSet bits(boolean[] mask) {
        BitSet bits = new BitSet(mask.length);
        for (int i = 0; i < mask.length; i++) {
            bits.set(i, mask[i]);
        }
        return bits;
    }

    /** An image of its own, whose volumes are brought onto the grid of the low-resolution image. */
    private final class OwnImage {
        private final GivenImage given;
        private final LowResolutionImage volume;
        private final Map<List<Long>, StoredBlock> known = new HashMap<>();

        OwnImage(GivenImage given, LowResolutionImage volume) {
            this.given = given;
            this.volume = volume;
        }

        List<List<StoredBlock>> members(Execution execution) throws IOException, ParameterException {
            List<List<StoredBlock>> members = new ArrayList<>();
            for (int group = 0; group < groups.count(); group++) {
                List<StoredBlock> here = new ArrayList<>();
                for (long time : indices(Axis.T, group)) {
                    for (long channel : indices(Axis.C, group)) {
                        here.add(block(time, channel, execution));
                    }
                }
                members.add(here);
            }
            return members;
        }

        /** Which time points, or channels, of the given image a group is estimated from. */
        private long[] indices(Axis axis, int group) throws ParameterException {
            long length = given.source().metadata().length(axis);
            if (sharing.axes().contains(axis)) {
                return LongStream.range(0, length).toArray();
            }
            long wanted = image.length(axis);
            if (length != 1 && length != wanted) {
                throw new ParameterException(
                        Setting.ESTIMATE_FROM,
                        given.name() + " with " + length + " along " + axis.symbol(),
                        "1 or " + wanted + ", as " + image.name() + " has, or another " + Setting.SHARE);
            }
            return new long[] {length == 1 ? 0 : groups.index(group, axis)};
        }

        private StoredBlock block(long time, long channel, Execution execution) throws IOException, ParameterException {
            List<Long> key = List.of(time, channel);
            if (!known.containsKey(key)) {
                ImageSource one = SelectedSource.of(SelectedSource.of(given.source(), Axis.T, time), Axis.C, channel);
                float[] values =
                        GridImage.values(Setting.ESTIMATE_FROM.toString(), given.name(), one, volume, execution);
                boolean any = false;
                for (float value : values) {
                    any |= Float.isFinite(value);
                }
                if (!any) {
                    throw new ParameterException(
                            Setting.ESTIMATE_FROM,
                            given.name() + ", which has no number where " + image.name() + " is",
                            "an image with values there");
                }
                Block block = new Block(
                        PixelType.FLOAT32, Volumes.volumeMetadata(image).interval(), values);
                known.put(key, store.put(block.convert(image.pixelType())));
            }
            return known.get(key);
        }
    }
}
