package io.surstream.curator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.curator.fetch.ImageFetcher;
import io.surstream.curator.inspect.ImageFiles;
import io.surstream.curator.inspect.ImageInspector;
import io.surstream.curator.inspect.ImageLimits;
import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.journal.ImportRecord;
import io.surstream.curator.parse.PageItems;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.publish.ExampleEvents;
import io.surstream.curator.publish.ImageStore;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.select.PromptStage;
import io.surstream.curator.select.SafetyStage;
import io.surstream.curator.source.OpenSource;
import io.surstream.curator.source.SourceKind;
import io.surstream.curator.text.CaptionStage;
import io.surstream.curator.text.Captioner;
import io.surstream.curator.text.SimilarityStage;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ObjectStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Not a test: how fast a generated page is parsed, and how much memory an import of as many items takes. The command stands in
 * docs/performance.md; the argument is the number of items.
 */
final class CurationBenchmark {
    private static final String IMAGE =
            ",{\"id\":%d,\"url\":\"https://image.test/%d.jpeg\",\"nsfw\":\"None\",\"hash\":\"UFBMV#_29]IV\",\"meta\":{\"steps\":28,"
                    + "\"prompt\":\"%d portrait of a cyborg with brown hair, intricate, elegant, highly detailed, digital photography\","
                    + "\"hashes\":{\"model\":\"879db523c3\"},\"resources\":[{\"name\":\"details\",\"type\":\"lora\",\"weight\":0.5}],"
                    + "\"negativePrompt\":\"blurry, low quality\",\"sampler\":\"DPM++ SDE Karras\"}}%n";
    private static final int WINDOW = 8;

    private CurationBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        long items = Long.parseLong(arguments[0]);
        Path page = write(items);
        try {
            parse(page);
            curate(page, items);
        } finally {
            Files.delete(page);
        }
    }

    private static Path write(long items) throws IOException {
        Path page = Files.createTempFile("surstream-page", ".json");
        try (PrintStream out = new PrintStream(Files.newOutputStream(page), false, StandardCharsets.UTF_8)) {
            out.print("{\"items\":[{\"id\":1,\"modelVersions\":[{\"images\":[{}");
            for (long n = 0; n < items; n++) {
                out.printf(IMAGE, n, n, n);
            }
            out.print("]}]}]}");
        }
        return page;
    }

    private static void parse(Path page) throws IOException {
        long start = System.nanoTime();
        long kept = 0;
        try (PageItems items = PageItems.civitai(Files.newInputStream(page))) {
            while (items.hasNext()) {
                kept += items.next() instanceof FilterResult.Kept ? 1 : 0;
            }
        }
        System.out.printf("parsed %,d items, %,.0f a second%n", kept, kept / ((System.nanoTime() - start) / 1e9));
    }

    /** All stages, every item with an image of its own; nothing is kept of images, events and journal. */
    private static void curate(Path page, long items) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        ObjectStore nowhere = forgetful();
        try (OpenSource source = new OpenSource(
                SourceKind.CIVITAI, PageItems.civitai(Files.newInputStream(page)), new Images(), items, List.of())) {
            ImportRun run = new ImportRun(
                    stages(nowhere),
                    source,
                    new ImportRecord(nowhere, "bench", "generated"),
                    new ExampleEvents("bench", "civitai", 0),
                    example -> CompletableFuture.completedFuture(null),
                    new CurationMetrics(new SimpleMeterRegistry()));
            run.run(workers, WINDOW, new MemoryPrinter(items / 10));
        } finally {
            workers.shutdown();
        }
    }

    private static Stages stages(ObjectStore store) {
        CaptionStage captions = new CaptionStage(Optional.of(new Sentence()));
        return new Stages(
                new PromptStage(10_000),
                new SafetyStage(SafetyStage.standardWords(), false),
                new ImageInspector(new ImageLimits(8, 4096, 1 << 24)),
                captions,
                new SimilarityStage(Optional.empty(), OptionalDouble.empty(), captions, false),
                new ImageStore(store),
                "bench");
    }

    /** A store that says yes to every new object and keeps none. */
    private static ObjectStore forgetful() {
        ObjectStore empty = new InMemoryObjectStore("bench");
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "putIfAbsent" -> true;
                    case "put" -> null;
                    default -> method.invoke(empty, arguments);
                });
    }

    /** The same small image with the item's number behind its end, which decoders do not look at. */
    private static final class Images implements ImageFetcher {
        private final byte[] png = ImageFiles.png(32, 32, 0xff0000);

        @Override
        public FilterResult<byte[]> fetch(SourceItem item) {
            ByteBuffer file = ByteBuffer.allocate(png.length + Long.BYTES);
            return FilterResult.kept(
                    file.put(png).putLong(Long.parseLong(item.id())).array());
        }

        @Override
        public String version(SourceItem item) {
            return "";
        }
    }

    private static final class Sentence implements Captioner {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public Optional<String> caption(InspectedImage image, String prompt) {
            return Optional.of("a portrait");
        }
    }

    /** The live heap now and then. */
    private static final class MemoryPrinter implements ImportListener {
        private final long every;
        private final long start = System.nanoTime();

        MemoryPrinter(long every) {
            this.every = every;
        }

        @Override
        public void progressed(long read, long total, long published) {
            if (read % every == 0) {
                System.gc();
                Runtime jvm = Runtime.getRuntime();
                System.out.printf(
                        "%,d items, %,d published, %,.0f items a second, live heap %d MB%n",
                        read,
                        published,
                        read / ((System.nanoTime() - start) / 1e9),
                        (jvm.totalMemory() - jvm.freeMemory()) >> 20);
            }
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
