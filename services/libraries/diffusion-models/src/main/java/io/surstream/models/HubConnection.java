package io.surstream.models;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** HTTP to a Hugging Face endpoint. Redirects are followed by hand, since the token is for the endpoint's own host alone. */
final class HubConnection {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 5;

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
     * @param size what the endpoint says the body's length is
     */
    record Download(InputStream body, String etag, OptionalLong size) {
        void check(long received, String file) throws Unreachable {
            if (size.isPresent() && size.getAsLong() != received) {
                throw new Unreachable(
                        file + " broke off: " + received + " of " + size.getAsLong() + " bytes came; try again", null);
            }
        }
    }

    String text(String path) throws Unreachable {
        try (InputStream body = file(path).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Unreachable(endpoint + path + " broke off: " + e, e);
        }
    }

    Download file(String path) throws Unreachable {
        URI at = endpoint.resolve(path);
        Optional<String> etag = Optional.empty();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = get(at);
            var headers = response.headers();
            if (etag.isEmpty()) {
                etag = headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag"));
            }
            Optional<String> location = headers.firstValue("Location");
            if (response.statusCode() / 100 == 3 && location.isPresent()) {
                close(response.body());
                at = at.resolve(location.get());
                continue;
            }
            if (response.statusCode() != 200) {
                close(response.body());
                throw new Unreachable(refusal(response.statusCode(), path), null);
            }
            return new Download(response.body(), name(etag, path), headers.firstValueAsLong("Content-Length"));
        }
        throw new Unreachable(endpoint + path + " redirects more than " + MOST_REDIRECTS + " times", null);
    }

    private HttpResponse<InputStream> get(URI at) throws Unreachable {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(ANSWER).header("User-Agent", "surstream");
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
