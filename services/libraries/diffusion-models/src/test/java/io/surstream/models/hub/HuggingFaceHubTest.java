package io.surstream.models.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.surstream.contract.Sha256;
import io.surstream.models.LocatedModel;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import io.surstream.models.TestModels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a small server that answers as the Hub does. */
class HuggingFaceHubTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path temp;

    private final List<String> requests = new ArrayList<>();
    private final List<String> siblings = new ArrayList<>();
    private HttpServer hub;
    private HttpServer store;
    private Path model;
    private String requiredToken = "";
    private boolean linksBySha256;
    private StoreAnswer storeAnswer = HuggingFaceHubTest::whole;
    private final List<String> ranges = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        model = TestModels.copyTo(temp.resolve("model"));
        try (Stream<Path> files = Files.walk(model)) {
            files.filter(Files::isRegularFile)
                    .map(file -> model.relativize(file).toString())
                    .forEach(siblings::add);
        }
        siblings.addAll(List.of("README.md", "unet/diffusion_pytorch_model.bin", "v1-5-pruned.ckpt"));
        siblings.add("unet/diffusion_pytorch_model.fp16.safetensors");
        hub = serve(this::answerHub);
        store = serve(this::answerStore);
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        store.stop(0);
    }

    private static HttpServer serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private void answerHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(path);
        String prefix = "/owner/name/resolve/" + COMMIT + "/";
        if (!requiredToken.isEmpty() && !("Bearer " + requiredToken).equals(token)) {
            answer(exchange, 401, new byte[0]);
        } else if (path.equals("/api/models/owner/name/revision/main")) {
            String list = siblings.stream()
                    .map(file -> "{\"rfilename\": \"" + file + "\"}")
                    .collect(Collectors.joining(","));
            answer(
                    exchange,
                    200,
                    ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + list + "]}").getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith(prefix) && path.endsWith(".safetensors")) {
            // large files live elsewhere
            exchange.getResponseHeaders().add("X-Linked-Etag", '"' + linkedEtag(path.substring(prefix.length())) + '"');
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            "http://127.0.0.1:" + store.getAddress().getPort() + "/" + path.substring(prefix.length()));
            answer(exchange, 302, new byte[0]);
        } else if (path.startsWith(prefix)) {
            exchange.getResponseHeaders().add("ETag", "W/\"small-" + path.hashCode() + "\"");
            answer(exchange, 200, Files.readAllBytes(model.resolve(path.substring(prefix.length()))));
        } else {
            answer(exchange, 404, new byte[0]);
        }
    }

    private String linkedEtag(String file) throws IOException {
        return linksBySha256 ? Sha256.of(model.resolve(file)) : "linked-" + file;
    }

    private void answerStore(HttpExchange exchange) throws IOException {
        requests.add("store " + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] content = Files.readAllBytes(
                model.resolve(exchange.getRequestURI().getPath().substring(1)));
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        storeAnswer.answer(exchange, content, range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", "")));
    }

    /** What the store does with a request for the bytes of a file from an offset on. */
    private interface StoreAnswer {
        void answer(HttpExchange exchange, byte[] content, int from) throws IOException;
    }

    private static void whole(HttpExchange exchange, byte[] content, int from) throws IOException {
        answer(exchange, 200, content);
    }

    private static void rest(HttpExchange exchange, byte[] content, int from) throws IOException {
        answer(exchange, from == 0 ? 200 : 206, Arrays.copyOfRange(content, from, content.length));
    }

    /** The connection breaks when the client has half of what it asked for. */
    private void half(HttpExchange exchange, byte[] content, int from) throws IOException {
        int half = (content.length - from) / 2;
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, half);
        exchange.getResponseBody().flush();
        while (Files.size(parts().get(0)) < from + half) {
            Thread.onSpinWait();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private ModelResolver resolver(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putIfAbsent("HF_HOME", temp.resolve("hf").toString());
        environment.putIfAbsent(
                "HF_ENDPOINT", "http://127.0.0.1:" + hub.getAddress().getPort());
        return new ModelResolver(temp.resolve("cache"), Map.of(), environment);
    }

    @Test
    void a_model_is_fetched_into_the_layout_that_the_python_tools_keep() throws IOException {
        ModelFolder fetched = resolver(Map.of()).resolve("hf://owner/name");

        Path repository = temp.resolve("hf/hub/models--owner--name");
        assertEquals(repository.resolve("snapshots").resolve(COMMIT), fetched.path());
        assertEquals(COMMIT, Files.readString(repository.resolve("refs/main")));
        assertTrue(Files.isSymbolicLink(fetched.path().resolve("unet/config.json")));
        assertEquals("owner/name", fetched.name());
        assertEquals(ModelFolder.open(model).revision(), fetched.revision());
    }

    @Test
    void only_what_we_read_is_fetched() {
        resolver(Map.of()).resolve("hf://owner/name");

        assertTrue(requests.stream().noneMatch(path -> path.endsWith(".bin") || path.endsWith(".ckpt")));
        assertTrue(requests.stream().noneMatch(path -> path.contains("fp16") || path.endsWith("README.md")));
    }

    @Test
    void the_second_time_nothing_but_the_revision_is_asked() {
        resolver(Map.of()).resolve("hf://owner/name");
        requests.clear();

        resolver(Map.of()).resolve("hf://owner/name");

        assertEquals(List.of("/api/models/owner/name/revision/main"), requests);
    }

    @Test
    void a_commit_that_is_here_needs_no_network() {
        resolver(Map.of()).resolve("hf://owner/name");
        requests.clear();

        resolver(Map.of()).resolve("hf://owner/name@" + COMMIT);

        assertEquals(List.of(), requests);
    }

    @Test
    void a_snapshot_that_another_tool_left_half_is_completed() throws IOException {
        Path snapshot = Files.createDirectories(
                temp.resolve("hf/hub/models--owner--name/snapshots").resolve(COMMIT));
        Files.copy(model.resolve("model_index.json"), snapshot.resolve("model_index.json"));
        Files.createDirectories(snapshot.resolve("../../refs"));
        Files.writeString(snapshot.resolve("../../refs/main"), COMMIT);

        ModelFolder fetched = resolver(Map.of()).resolve("hf://owner/name");

        assertEquals(ModelFolder.open(model).revision(), fetched.revision());
    }

    @Test
    void what_is_here_serves_when_the_hub_does_not_answer() {
        ModelFolder first = resolver(Map.of()).resolve("hf://owner/name");
        hub.stop(0);

        assertEquals(first, resolver(Map.of()).resolve("hf://owner/name"));
    }

    @Test
    void the_token_goes_to_the_hub_and_never_to_where_it_redirects() {
        requiredToken = "secret";

        resolver(Map.of("HF_TOKEN", "secret")).resolve("hf://owner/name");

        assertTrue(requests.contains("store null"), requests.toString());
        assertFalse(requests.contains("store Bearer secret"), requests.toString());
    }

    @Test
    void a_model_behind_a_gate_is_refused_with_the_way_in() {
        requiredToken = "secret";

        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/name"));
        assertTrue(refusal.getMessage().contains("401"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("HF_TOKEN"), refusal.getMessage());
    }

    @Test
    void an_unknown_repository_is_refused() {
        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/other"));
        assertTrue(refusal.getMessage().contains("404"), refusal.getMessage());
    }

    @Test
    void a_repository_that_is_no_model_is_refused_before_anything_is_fetched() {
        siblings.remove("model_index.json");

        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/name"));
        assertTrue(refusal.getMessage().contains("model_index.json"), refusal.getMessage());
        assertEquals(1, requests.size());
    }

    @Test
    void a_transfer_that_breaks_off_goes_on_where_it_stopped() throws IOException {
        linksBySha256 = true;
        AtomicInteger breaks = new AtomicInteger();
        storeAnswer = (exchange, content, from) -> {
            if (breaks.incrementAndGet() <= 2) {
                half(exchange, content, from);
            } else {
                rest(exchange, content, from);
            }
        };

        ModelFolder fetched = resolver(Map.of()).resolve("hf://owner/name");

        assertEquals(ModelFolder.open(model).revision(), fetched.revision());
        assertEquals("null", ranges.get(0));
        assertTrue(start(ranges.get(1)) > 0 && start(ranges.get(2)) > start(ranges.get(1)), ranges.toString());
        assertEquals(List.of(), parts());
    }

    @Test
    void a_later_process_goes_on_where_an_earlier_one_stopped() throws IOException {
        linksBySha256 = true;
        storeAnswer = (exchange, content, from) -> {
            if (from == 0) {
                half(exchange, content, from);
            } else {
                answer(exchange, 503, new byte[0]);
            }
        };
        assertThrows(ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/name"));
        assertEquals(1, parts().size());
        ranges.clear();
        storeAnswer = HuggingFaceHubTest::rest;

        ModelFolder fetched = resolver(Map.of()).resolve("hf://owner/name");

        assertTrue(start(ranges.get(0)) > 0, ranges.toString());
        assertEquals(ModelFolder.open(model).revision(), fetched.revision());
        assertEquals(List.of(), parts());
    }

    @Test
    void a_store_that_sends_everything_again_is_as_good() throws IOException {
        linksBySha256 = true;
        AtomicInteger requested = new AtomicInteger();
        storeAnswer = (exchange, content, from) -> {
            if (requested.incrementAndGet() == 1) {
                half(exchange, content, from);
            } else {
                whole(exchange, content, from);
            }
        };

        assertEquals(
                ModelFolder.open(model).revision(),
                resolver(Map.of()).resolve("hf://owner/name").revision());
    }

    @Test
    void a_file_that_is_not_what_the_hub_says_is_refused_and_leaves_nothing() throws IOException {
        linksBySha256 = true;
        storeAnswer = (exchange, content, from) -> {
            content[content.length / 2] ^= 1;
            whole(exchange, content, from);
        };

        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/name"));

        assertTrue(refusal.getMessage().contains("SHA-256"), refusal.getMessage());
        assertEquals(List.of(), parts());
        storeAnswer = HuggingFaceHubTest::whole;
        assertEquals(
                ModelFolder.open(model).revision(),
                resolver(Map.of()).resolve("hf://owner/name").revision());
    }

    private static int start(String range) {
        return Integer.parseInt(range.replaceAll("\\D", ""));
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("hf/hub/models--owner--name/blobs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".part-"))
                    .toList();
        }
    }

    @Test
    void a_language_model_comes_with_its_tokenizer_and_its_shards_alone() throws IOException {
        siblings.clear();
        for (String file : List.of(
                "config.json",
                "tokenizer.json",
                "model.safetensors.index.json",
                "model-00001-of-00001.safetensors",
                "pytorch_model.bin",
                "consolidated.safetensors",
                "generation_config.json")) {
            Files.writeString(model.resolve(file), "{}");
            siblings.add(file);
        }

        LocatedModel fetched = resolver(Map.of()).locate("hf://owner/name", ModelLayout.TRANSFORMERS);

        try (Stream<Path> files = Files.list(fetched.path())) {
            assertEquals(
                    List.of(
                            "config.json",
                            "model-00001-of-00001.safetensors",
                            "model.safetensors.index.json",
                            "tokenizer.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                fetched, resolver(Map.of("HF_HUB_OFFLINE", "1")).locate("hf://owner/name", ModelLayout.TRANSFORMERS));
    }
}
