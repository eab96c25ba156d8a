package org.knime.core.webui.page;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.knime.core.node.FluentNodeAPI;

/** A page of one resource; fields are named as the real ones are. */
public sealed class Page implements FluentNodeAPI permits FromFilePage {
    final StringSupplier content;
    private final String relativePath;

    Page(StringSupplier content, String relativePath) {
        this.content = content;
        this.relativePath = relativePath;
    }

    public static RequireFromFileOrString create() {
        return (content, charset) -> path -> new Page(content, path);
    }

    public String getRelativePath() {
        return relativePath;
    }

    /** Signature only. */
    public interface RequireFromFileOrString {
        default RequireRelativePath fromString(StringSupplier content) {
            return fromString(content, StandardCharsets.UTF_8);
        }

        RequireRelativePath fromString(StringSupplier content, Charset charset);
    }

    /** Signature only. */
    public interface RequireRelativePath {
        Page relativePath(String relativePath);
    }

    /** Signature only. */
    public interface StringSupplier extends Supplier<String> {}

    /** Signature only. */
    public interface InputStreamSupplier extends Supplier<InputStream> {}
}
