package io.modelfleet.agent;

import io.modelfleet.service.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/** The address of a service as a setting. */
final class HttpUrl {
    private HttpUrl() {}

    /**
     * @throws InvalidSettingException when it is no http or https URL with a host
     */
    static URI parse(String setting, String text) {
        try {
            return check(setting, new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw refusal(setting, text);
        }
    }

    /** As {@link #parse}, for one URL or several with commas between them. */
    static List<URI> parseAll(String setting, String text) {
        return Arrays.stream(text.split(",", -1)).map(url -> parse(setting, url)).toList();
    }

    static URI check(String setting, URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean plain =
                url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
        if (!web || url.getHost() == null || !plain || url.getPort() > 65535) {
            throw refusal(setting, url.toString());
        }
        return url;
    }

    /** The port that is meant, 1 to 65535. */
    static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static InvalidSettingException refusal(String setting, String text) {
        // What stands before an @ may be a password.
        String shown = text.contains("@") ? "one with credentials in it" : "'" + text + "'";
        return new InvalidSettingException(
                setting + " must be a URL like http://localhost:8080, not " + shown);
    }
}
