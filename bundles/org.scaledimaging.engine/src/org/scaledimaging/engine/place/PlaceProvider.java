package org.scaledimaging.engine.place;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.service.Services;

/**
 * Knows file systems that the engine does not: of addresses of some schemes, which file or folder they mean. A service, found
 * as plugins are. Recipes name places by such addresses, and open them again where the same service is there.
 */
public interface PlaceProvider {

    /** The schemes of its addresses, in lower case. No other service has them. */
    Set<String> schemes();

    /**
     * The file or folder that an address means, which need not be there. Its file system may be slow, and need not have
     * more than listing, attributes and streams.
     *
     * @throws ImageFormatException when its file system cannot be reached any more
     */
    Path path(URI address) throws IOException;

    /** Who knows addresses of a scheme, if anybody does. */
    static Optional<PlaceProvider> of(String scheme) {
        return Services.all(PlaceProvider.class).stream()
                .filter(provider -> provider.schemes().contains(scheme))
                .findFirst();
    }
}
