package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.scaledimaging.cli.option.Shapes;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * Describes a plate, a well or a collection from metadata.
 *
 * @param wells paths of wells and how many fields each has; −1 for one that is listed and not there
 * @param members all images of wells that are there
 * @param first the metadata of the first image; null where there is none
 */
record CollectionFacts(CollectionLayout layout, Map<String, Integer> wells, List<Member> members, ImageMetadata first) {

    static CollectionFacts of(ImageCollection images) throws IOException {
        CollectionLayout layout = images.layout();
        Map<String, Integer> wells = new LinkedHashMap<>();
        List<Member> members = new ArrayList<>();
        if (layout.kind() == CollectionLayout.Kind.PLATE) {
            for (String well : layout.wells()) {
                List<Member> fields = layout.isThere(well) ? layout.members(well) : List.of();
                wells.put(well, fields.isEmpty() ? -1 : fields.size());
                members.addAll(fields);
            }
        } else {
            members.addAll(images.members());
        }
        if (members.isEmpty()) {
            return new CollectionFacts(layout, wells, members, null);
        }
        try (Image image = images.open(members.get(0))) {
            return new CollectionFacts(layout, wells, members, image.metadata());
        }
    }

    /** For programs. */
    Map<String, Object> all() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", layout.name());
        facts.put("format", "OME-Zarr");
        facts.put("kind", layout.kind().inWords());
        if (!wells.isEmpty()) {
            facts.put("wells", List.copyOf(wells.keySet()));
            facts.put(
                    "missingWells",
                    wells.keySet().stream().filter(well -> wells.get(well) < 0).toList());
            List<Map<String, Object>> acquisitions = new ArrayList<>();
            layout.acquisitions().forEach((id, name) -> acquisitions.add(Map.of("id", id, "name", name)));
            facts.put("acquisitions", acquisitions);
        }
        facts.put("images", members.stream().map(this::facts).toList());
        if (first != null) {
            Map<String, Object> image = new LinkedHashMap<>();
            image.put("axes", first.axes());
            image.put("shape", first.dimensions().stream().map(d -> d.length()).toList());
            image.put("pixelType", first.pixelType().label());
            facts.put("firstImage", image);
        }
        return facts;
    }

    private Map<String, Object> facts(Member member) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("location", member.location().toString());
        facts.put("path", member.path());
        member.well().ifPresent(well -> facts.put("well", well));
        facts.put(layout.kind() == CollectionLayout.Kind.SERIES ? "series" : "field", member.number());
        member.acquisition().ifPresent(id -> facts.put("acquisition", id));
        member.name().ifPresent(name -> facts.put("name", name));
        return facts;
    }

    /** For people: gives names and what there is to say of them. */
    void forEach(BiConsumer<String, String> line) {
        line.accept("name", layout.name());
        line.accept("format", "OME-Zarr");
        line.accept(
                layout.kind().inWords(),
                (wells.isEmpty() ? "" : wells.size() + " wells, ") + members.size() + " images");
        layout.acquisitions().forEach((id, name) -> line.accept("acquisition", id + " " + name));
        if (first != null) {
            line.accept(
                    "first image",
                    first.axes() + " " + Shapes.text(first.shape()) + ", "
                            + first.pixelType().label());
        }
        wells.forEach((well, fields) -> line.accept(
                "well " + well, fields < 0 ? "missing" : fields == 1 ? "field 0" : "fields 0 to " + (fields - 1)));
        if (wells.isEmpty()) {
            String what = layout.kind() == CollectionLayout.Kind.SERIES ? "series " : "field ";
            members.forEach(member -> line.accept(
                    what + member.number(),
                    member.path() + member.name().map(name -> " " + name).orElse("")));
        }
    }
}
