package org.scaledimaging.engine.format.omezarr.collection;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** One image of several. Of several that could be meant, none is taken. */
record Choosing(CollectionLayout layout, ImageChoice choice) {
    private static final int SHOWN = 6;

    /** As {@link CollectionLayout#choose}. */
    Member member() throws IOException, ParameterException {
        return switch (layout.kind()) {
            case SERIES -> ofSeries();
            case WELL -> ofWell();
            case PLATE -> ofPlate();
        };
    }

    private Member ofSeries() throws IOException, ParameterException {
        if (choice.well().isPresent() || choice.field().isPresent()) {
            throw new ParameterException(choice.setting(), layout.holds(), Setting.SERIES + ", or a plate");
        }
        return one(layout, layout.members(), choice.series(), Setting.SERIES);
    }

    private Member ofWell() throws IOException, ParameterException {
        refuseSeries(Setting.FIELD_OF_VIEW.toString());
        if (choice.well().isPresent()) {
            throw new ParameterException(Setting.WELL, layout.holds(), Setting.FIELD_OF_VIEW + " alone, or the plate");
        }
        return one(layout, layout.members(), choice.field(), Setting.FIELD_OF_VIEW);
    }

    private Member ofPlate() throws IOException, ParameterException {
        refuseSeries(Setting.WELL + " and " + Setting.FIELD_OF_VIEW);
        List<String> wells = layout.wells();
        if (choice.well().isEmpty() && wells.size() > 1) {
            int count = layout.count();
            String field = String.valueOf(choice.field().orElse(0));
            throw new ImageFormatException(
                    layout.location(),
                    layout.holds() + (count < 0 ? "" : " with " + count + " images"),
                    "one image of it, chosen by " + Setting.WELL + " " + wells.get(0) + " and " + Setting.FIELD_OF_VIEW
                            + " "
                            + field + ", or by its path as in "
                            + layout.location().inside(wells.get(0) + "/" + field));
        }
        String well = choice.well().isPresent() ? named(wells, choice.well().get()) : wells.get(0);
        return one(layout.well(well), layout.members(well), choice.field(), Setting.FIELD_OF_VIEW);
    }

    private void refuseSeries(String expected) throws ParameterException {
        if (choice.series().isPresent()) {
            throw new ParameterException(Setting.SERIES, layout.holds(), expected + ", or a collection");
        }
    }

    /** The well of a name, with or without a slash, in either case. */
    private static String named(List<String> wells, String wanted) throws ParameterException {
        String key = wanted.strip().replace("/", "");
        List<String> same = wells.contains(wanted)
                ? List.of(wanted)
                : wells.stream()
                        .filter(well -> well.replace("/", "").equalsIgnoreCase(key))
                        .toList();
        if (same.size() == 1) {
            return same.get(0);
        }
        String known = String.join(", ", wells.subList(0, Math.min(SHOWN, wells.size())));
        if (wells.size() > 1) {
            known = wells.size() > SHOWN ? "one of the " + wells.size() + " wells " + known + ", …" : "one of " + known;
        }
        throw new ParameterException(Setting.WELL, Given.shown(wanted), known);
    }

    private static Member one(CollectionLayout of, List<Member> members, Optional<Integer> number, Setting setting)
            throws IOException, ParameterException {
        int last = members.size() - 1;
        if (number.isPresent() && number.get() > last) {
            throw new ParameterException(setting, number.get(), last == 0 ? "0" : "0 to " + last);
        }
        if (number.isEmpty() && last > 0) {
            throw new ImageFormatException(
                    of.location(),
                    of.holds(),
                    "one of them, chosen by " + setting + " 0 to " + last + ", or by its path as in "
                            + members.get(0).location());
        }
        return members.get(number.orElse(0));
    }
}
