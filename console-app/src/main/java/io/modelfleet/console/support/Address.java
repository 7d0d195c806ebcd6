package io.modelfleet.console.support;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** A coordinator's address as a person types it. */
public final class Address {
    private Address() {}

    /**
     * @return empty for what can be no address; {@code http} is added where no scheme is given
     */
    public static Optional<URI> parse(String text) {
        String typed = text.strip();
        try {
            URI uri = new URI(typed.contains("://") ? typed : "http://" + typed);
            boolean usable =
                    uri.getHost() != null
                            && List.of("http", "https").contains(uri.getScheme())
                            && uri.getQuery() == null
                            && uri.getFragment() == null
                            && uri.getUserInfo() == null;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A short name for a fleet: the host, and the port where one is given. */
    public static String name(URI address) {
        return address.getPort() < 0
                ? address.getHost()
                : address.getHost() + ":" + address.getPort();
    }
}
