package io.surstream.serviceruntime.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.streaming.EventStreaming;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningServiceTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void a_service_is_live_but_not_ready_while_it_starts() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        try (RunningService service = run(() -> {
            answers.await();
            return new Workers(true, true);
        })) {
            assertTrue(service.isLive());
            assertFalse(service.isReady());
            assertEquals(Map.of(), service.details());

            answers.countDown();

            await().until(service::isReady);
            assertEquals(Map.of("model", "none"), service.details());
        }
    }

    @Test
    void a_started_service_is_what_its_workers_are() {
        try (RunningService service = run(() -> new Workers(false, false))) {
            await().until(() -> !service.isLive());
            assertFalse(service.isReady());
        }
    }

    @Test
    void a_start_that_ends_with_an_error_is_not_live() {
        try (RunningService service = run(() -> {
            throw new LinkageError("broken");
        })) {
            await().until(() -> !service.isLive());
            assertFalse(service.isReady());
        }
    }

    @Test
    void workers_are_closed_before_what_they_use() {
        RunningService service = run(() -> new Workers(true, true));
        await().until(service::isReady);

        service.close();

        assertEquals(List.of("workers", "service"), closed);
    }

    @Test
    void a_service_that_never_started_is_closed_too() {
        RunningService service = run(() -> {
            throw new IllegalStateException("no cluster");
        });

        service.close();

        assertEquals(List.of("service"), closed);
    }

    private interface Start {
        ServiceWorkers start() throws Exception;
    }

    private RunningService run(Start start) {
        ServiceLifecycle lifecycle = new ServiceLifecycle() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public ServiceWorkers start(EventStreaming streaming) throws Exception {
                return start.start();
            }

            @Override
            public void close() {
                closed.add("service");
            }
        };
        return new RunningService(lifecycle, null);
    }

    private final class Workers implements ServiceWorkers {
        private final boolean ready;
        private final boolean live;

        Workers(boolean ready, boolean live) {
            this.ready = ready;
            this.live = live;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public Map<String, String> details() {
            return Map.of("model", "none");
        }

        @Override
        public void close() {
            closed.add("workers");
        }
    }
}
