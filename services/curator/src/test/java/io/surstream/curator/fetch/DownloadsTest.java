package io.surstream.curator.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import io.surstream.retry.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on this machine. */
class DownloadsTest {
    private static final byte[] IMAGE = {1, 2, 3};

    private final List<Duration> waits = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private Downloads downloads;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        downloads = downloads(true, Dns.SYSTEM);
    }

    @AfterEach
    void stop() {
        downloads.close();
        server.stop(0);
    }

    @Test
    void an_image_comes_through_redirects() {
        serve("/a", exchange -> redirect(exchange, "/b"));
        serve("/b", exchange -> answer(exchange, 200, "image/png", IMAGE));

        assertArrayEquals(IMAGE, ((FilterResult.Kept<byte[]>) fetch("/a")).value());
    }

    @Test
    void redirects_in_a_circle_come_to_an_end() {
        serve("/a", exchange -> redirect(exchange, "/a"));

        assertEquals(FilterResult.rejected(Stage.FETCH, "too-many-redirects"), fetch("/a"));
        assertEquals(3, requests.get());
    }

    @Test
    void a_busy_server_is_asked_again_after_waits_that_double() {
        serve("/a", exchange -> answer(exchange, requests.get() < 3 ? 503 : 200, "image/png", IMAGE));

        assertEquals(true, fetch("/a") instanceof FilterResult.Kept);
        assertEquals(List.of(Duration.ofMillis(5), Duration.ofMillis(10)), waits);
    }

    @Test
    void a_server_that_stays_busy_may_be_asked_by_a_later_import() {
        serve("/a", exchange -> answer(exchange, 503, "text/plain", IMAGE));

        assertEquals(FilterResult.rejected(Rejection.passing(Stage.FETCH, "http-503")), fetch("/a"));
        assertEquals(3, requests.get());
    }

    @Test
    void what_is_not_there_is_asked_for_once() {
        serve("/a", exchange -> answer(exchange, 404, "text/plain", IMAGE));

        assertEquals(FilterResult.rejected(Stage.FETCH, "http-404"), fetch("/a"));
        assertEquals(1, requests.get());
    }

    @Test
    void a_body_larger_than_the_limit_is_refused_whatever_its_header_says() {
        serve("/said", exchange -> answer(exchange, 200, "image/png", new byte[1001]));
        serve("/unsaid", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1001]);
        });

        assertEquals(FilterResult.rejected(Stage.FETCH, "image-too-large"), fetch("/said"));
        assertEquals(FilterResult.rejected(Stage.FETCH, "image-too-large"), fetch("/unsaid"));
    }

    @Test
    void what_the_server_calls_something_else_is_not_read() {
        serve("/a", exchange -> answer(exchange, 200, "video/mp4", IMAGE));

        assertEquals(FilterResult.rejected(Stage.FETCH, "not-an-image"), fetch("/a"));
    }

    @Test
    void a_body_that_breaks_off_is_tried_again() {
        serve("/a", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });

        assertEquals(FilterResult.rejected(Rejection.passing(Stage.FETCH, "connection-failed")), fetch("/a"));
        assertEquals(3, requests.get());
    }

    @Test
    void private_addresses_are_refused_without_a_request_however_they_are_written() {
        serve("/", exchange -> answer(exchange, 200, "image/png", IMAGE));
        int port = server.getAddress().getPort();
        try (Downloads strict = downloads(false, Dns.SYSTEM)) {
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "2130706433", "127.1", "[::ffff:7f00:1]")) {
                String url = "http://" + host + ":" + port + "/";

                assertEquals("private-address", reason(strict, url), url);
            }
        }
        assertEquals(0, requests.get());
    }

    @Test
    void every_host_on_the_way_of_redirects_is_checked() {
        List<String> lookedUp = new ArrayList<>();
        serve(
                "/a",
                exchange -> redirect(
                        exchange, "http://inside.test:" + server.getAddress().getPort() + "/secret"));
        serve("/secret", exchange -> answer(exchange, 200, "image/png", IMAGE));
        Dns resolver = host -> {
            lookedUp.add(host);
            if (host.equals("inside.test")) {
                throw new CheckedDns.PrivateAddressException(host);
            }
            return Dns.SYSTEM.lookup(host);
        };

        try (Downloads watched = downloads(true, resolver)) {
            assertEquals("private-address", reason(watched, url("/a")));
        }
        assertEquals("inside.test", lookedUp.get(lookedUp.size() - 1));
        assertEquals(1, requests.get());
    }

    @Test
    void of_a_host_with_public_and_private_addresses_only_the_public_ones_are_connected_to() throws IOException {
        InetAddress open = InetAddress.getByName("1.1.1.1");
        CheckedDns dns = new CheckedDns(host -> List.of(InetAddress.getByName("10.0.0.1"), open), false);

        assertEquals(List.of(open), dns.lookup("mixed.test"));
    }

    @Test
    void other_schemes_and_no_addresses_are_refused() {
        for (String url : List.of("file:///etc/passwd", "ftp://x/y", "//x/y", "", "http://", "javascript:1")) {
            assertEquals("bad-address", reason(downloads, url), url);
        }
        serve("/a", exchange -> redirect(exchange, "file:///etc/passwd"));
        assertEquals(FilterResult.rejected(Stage.FETCH, "bad-redirect"), fetch("/a"));
    }

    private Downloads downloads(boolean privateAllowed, Dns resolver) {
        return new Downloads(
                new DownloadSettings(Duration.ofSeconds(10), 3, Duration.ofMillis(10), 2, privateAllowed),
                resolver,
                new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), () -> 0.5),
                waits::add);
    }

    private FilterResult<byte[]> fetch(String path) {
        SourceItem item = new SourceItem("1", "p", "", "", new ImageLocation.Remote(url(path)), List.of());
        return new RemoteImages(downloads, 1000).fetch(item);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String reason(Downloads downloads, String url) {
        return assertThrows(DownloadException.class, () -> downloads.get(url, (in, type, size) -> in.readAllBytes()))
                .getMessage();
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().add("Location", target);
        exchange.sendResponseHeaders(302, -1);
    }
}
