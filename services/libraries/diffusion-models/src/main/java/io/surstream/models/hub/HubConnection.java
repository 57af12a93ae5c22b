package io.surstream.models.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** HTTP to a Hugging Face endpoint. Redirects are followed by hand, since the token is for the endpoint's own host alone. */
final class HubConnection {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 5;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NO_SUCH_RANGE = 416;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final URI endpoint;
    private final Optional<String> token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param token sent as a bearer token; never written anywhere */
    HubConnection(URI endpoint, Optional<String> token) {
        String text = endpoint.toString();
        this.endpoint = URI.create(text.endsWith("/") ? text : text + "/");
        this.token = token;
    }

    /** The endpoint did not give what was asked for. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * @param etag names the content; safe as a file name
     * @param from how many bytes of the file the body leaves out
     * @param size what the endpoint says the whole file's length is
     */
    record Download(InputStream body, String etag, long from, OptionalLong size) {}

    /** Says how many bytes of a content are there already. */
    @FunctionalInterface
    interface Kept {
        /** @param sha256 of the whole content */
        long bytes(String sha256) throws IOException;
    }

    /** Whether a content's name is its SHA-256, as that of all large files is. */
    static boolean isSha256(String etag) {
        return SHA256.matcher(etag).matches();
    }

    String text(String path) throws Unreachable {
        try (InputStream body = file(path, sha256 -> 0).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Unreachable(endpoint + path + " broke off: " + e, e);
        }
    }

    /** @param kept asked once the content's SHA-256 is known, so that only the rest is sent where the endpoint can */
    Download file(String path, Kept kept) throws Unreachable {
        URI at = endpoint.resolve(path);
        Optional<String> etag = Optional.empty();
        long from = 0;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = get(at, from);
            HttpHeaders headers = response.headers();
            if (etag.isEmpty()) {
                etag = headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag"));
            }
            Optional<String> location = headers.firstValue("Location");
            if (response.statusCode() / 100 == 3 && location.isPresent()) {
                close(response.body());
                at = at.resolve(location.get());
                from = start(name(etag, path), kept);
                continue;
            }
            if (response.statusCode() == NO_SUCH_RANGE && from > 0) {
                close(response.body());
                from = 0;
                continue;
            }
            return download(response, name(etag, path), from, path);
        }
        throw new Unreachable(endpoint + path + " redirects more than " + MOST_REDIRECTS + " times", null);
    }

    /** The last byte comes again: behind the end of a file no range begins. */
    private static long start(String etag, Kept kept) throws Unreachable {
        try {
            return isSha256(etag) ? Math.max(0, kept.bytes(etag) - 1) : 0;
        } catch (IOException e) {
            throw new Unreachable("what is here of " + etag + " cannot be read: " + e, e);
        }
    }

    private Download download(HttpResponse<InputStream> response, String etag, long from, String path)
            throws Unreachable {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        if (response.statusCode() == PARTIAL && from > 0) {
            OptionalLong size = length.isPresent() ? OptionalLong.of(from + length.getAsLong()) : length;
            return new Download(response.body(), etag, from, size);
        }
        if (response.statusCode() != OK) {
            close(response.body());
            throw new Unreachable(refusal(response.statusCode(), path), null);
        }
        return new Download(response.body(), etag, 0, length);
    }

    private HttpResponse<InputStream> get(URI at, long from) throws Unreachable {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(ANSWER).header("User-Agent", "surstream");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (at.getHost() != null && at.getHost().equals(endpoint.getHost()) && at.getPort() == endpoint.getPort()) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Unreachable(
                    at.getHost() + " does not answer (" + e + "); is the network up, is HF_ENDPOINT right?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while waiting for " + at.getHost(), e);
        }
    }

    private String refusal(int status, String path) {
        String way =
                switch (status) {
                    case 401, 403 -> "; set HF_TOKEN to a token that may read it, and accept the model's terms";
                    case 404 -> "; check owner, name and revision";
                    default -> "";
                };
        return endpoint + path + " answered " + status + way;
    }

    private static String name(Optional<String> etag, String path) {
        String plain = etag.orElse(path).replaceFirst("^W/", "").replaceAll("[^A-Za-z0-9._-]", "");
        return plain.isEmpty() || plain.startsWith(".") ? "blob" + plain : plain;
    }

    private static void close(InputStream body) throws Unreachable {
        try (body) {
            body.skipNBytes(0);
        } catch (IOException e) {
            throw new Unreachable("connection broke: " + e, e);
        }
    }
}
