package org.scaledimaging.engine.s3;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.http.HttpExchanges;
import org.scaledimaging.engine.http.HttpExchanges.Reply;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.message.ImageFormatException;

/** Lists the objects in a bucket. */
public final class ObjectListing {
    private ObjectListing() {}

    /** Asks for one of several pages. */
    @FunctionalInterface
    public interface Page {
        /** @throws IOException when the store cannot be reached, or refuses */
        Reply ask(Map<String, String> query) throws IOException;
    }

    /**
     * The objects that a bucket lists below a prefix, page by page.
     *
     * @param query what is asked for besides
     * @param most at most so many are needed, at least 1
     */
    public static List<Map<String, String>> listed(Page page, String prefix, Map<String, String> query, int most)
            throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        String more = "";
        do {
            Map<String, String> asked = new TreeMap<>(query);
            asked.putAll(
                    Map.of("list-type", "2", "prefix", prefix, "max-keys", Integer.toString(Math.min(1000, most))));
            if (!more.isEmpty()) {
                asked.put("continuation-token", more);
            }
            Reply reply = page.ask(asked);
            all.addAll(BucketAnswers.elements(reply, "Contents"));
            Map<String, String> result = BucketAnswers.first(reply, "ListBucketResult");
            boolean truncated = result.getOrDefault("IsTruncated", "false").equals("true");
            more = truncated ? result.getOrDefault("NextContinuationToken", "") : "";
        } while (!more.isEmpty() && all.size() < most);
        return all;
    }

    /**
     * The names of the objects whose keys are that of a folder, a slash, and a name without one.
     *
     * @param folder {@code s3://bucket/key}
     * @throws ImageFormatException where the store does not say
     */
    public static List<String> names(URI folder) throws IOException {
        String prefix = folder.getPath().replaceAll("^/+|/+$", "");
        String below = prefix.isEmpty() ? "" : prefix + "/";
        HttpExchanges web = new HttpExchanges(Retries.standard(), new ObjectStore());
        String bucket = folder.getScheme() + "://" + folder.getRawAuthority() + "/";
        Page page = query -> {
            Reply reply = web.send(
                    "GET",
                    URI.create(bucket + ObjectStore.query(query)),
                    folder.toString(),
                    Map.of(),
                    Optional.empty());
            if (reply.status() != 200) {
                throw new ImageFormatException(
                        folder,
                        "no permission to list what is there (status " + reply.status() + ")",
                        "a folder whose names are told, or the address of one file");
            }
            return reply;
        };
        return listed(page, below, Map.of("delimiter", "/"), Integer.MAX_VALUE).stream()
                .map(one -> one.getOrDefault("Key", "").substring(below.length()))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
