package io.surstream.curator.fetch;

import io.surstream.retry.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Downloads by HTTP and HTTPS, for addresses that strangers wrote: only from public addresses, checked at every redirect and
 * connected to as checked; bounded in time, size and redirects; tried again with back-off where that may help. No proxy is used,
 * since it would resolve names unchecked. Thread-safe.
 */
public final class Downloads implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Takes a body apart. */
    public interface Body<T> {
        /**
         * @param type the media type as the server says, or empty
         * @param size as the server says, or −1
         * @throws DownloadException to refuse it
         */
        T read(InputStream in, String type, long size) throws IOException;
    }

    /** Waits between two attempts. */
    interface Pause {
        void await(Duration wait) throws InterruptedException;
    }

    private final DownloadSettings settings;
    private final CheckedDns dns;
    private final OkHttpClient client;
    private final Backoff backoff;
    private final Pause pause;

    public Downloads(DownloadSettings settings) {
        this(
                settings,
                Dns.SYSTEM,
                new Backoff(settings.backoff(), LONGEST_WAIT),
                wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
    }

    Downloads(DownloadSettings settings, Dns resolver, Backoff backoff, Pause pause) {
        this.settings = settings;
        this.dns = new CheckedDns(resolver, settings.privateAllowed());
        this.backoff = backoff;
        this.pause = pause;
        this.client = new OkHttpClient.Builder()
                .dns(dns)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(settings.timeout().dividedBy(3))
                .callTimeout(settings.timeout())
                .build();
    }

    /**
     * The body of an address.
     *
     * @param body called once for each attempt that finds something
     * @throws DownloadException with the last attempt's reason
     */
    public <T> T get(String url, Body<T> body) throws DownloadException {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new DownloadException("bad-address", true);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(address, body);
            } catch (DownloadException e) {
                if (e.isLasting() || attempt >= settings.attempts()) {
                    throw e;
                }
                await(backoff.after(attempt));
            }
        }
    }

    private <T> T attempt(HttpUrl first, Body<T> body) throws DownloadException {
        HttpUrl address = first;
        try {
            for (int redirects = 0; redirects <= settings.maxRedirects(); redirects++) {
                // Hosts written as numbers never reach the client's resolver.
                dns.lookup(address.host());
                try (Response response = client.newCall(request(address)).execute()) {
                    if (!REDIRECTS.contains(response.code())) {
                        return read(response, body);
                    }
                    address = target(address, response);
                }
            }
            throw new DownloadException("too-many-redirects", true);
        } catch (DownloadException e) {
            throw e;
        } catch (CheckedDns.PrivateAddressException e) {
            throw new DownloadException("private-address", true);
        } catch (UnknownHostException e) {
            throw new DownloadException("unknown-host", false);
        } catch (InterruptedIOException e) {
            throw new DownloadException("timed-out", false);
        } catch (IOException e) {
            throw new DownloadException("connection-failed", false);
        }
    }

    private static Request request(HttpUrl address) {
        return new Request.Builder()
                .url(address)
                .header("User-Agent", "surstream-curator")
                .build();
    }

    private static HttpUrl target(HttpUrl from, Response response) throws DownloadException {
        HttpUrl target = from.resolve(response.header("Location", ""));
        if (response.header("Location") == null || target == null) {
            throw new DownloadException("bad-redirect", true);
        }
        return target;
    }

    private static <T> T read(Response response, Body<T> body) throws IOException {
        int code = response.code();
        if (code != 200) {
            throw new DownloadException("http-" + code, code < 500 && !WORTH_ANOTHER_TRY.contains(code));
        }
        // A body that was compressed on the way has another size than the header says; reading it is what counts.
        return body.read(
                response.body().byteStream(),
                response.header("Content-Type", ""),
                response.body().contentLength());
    }

    private void await(Duration wait) throws DownloadException {
        try {
            pause.await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException("interrupted", false);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
