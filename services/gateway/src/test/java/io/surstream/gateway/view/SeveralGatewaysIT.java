package io.surstream.gateway.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told by several gateways, also while one is paused or partitions move. */
@Timeout(240)
@Tag("long")
class SeveralGatewaysIT {

    private static final JobUpdates NOBODY = job -> {};

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void all_give_one_answer_after_an_end_and_after_a_purge_while_partitions_move() throws Exception {
        List<String> ids = ids(20);
        try (ViewCluster cluster = new ViewCluster(kafka, "answers.", folder.resolve("answers"));
                StreamsJobView first = started(cluster);
                StreamsJobView second = started(cluster)) {
            // given
            ids.forEach(cluster::submit);
            ids.forEach(cluster::succeed);
            await().until(() -> all(ids, State.SUCCEEDED, first, second));
            // when: partitions move to a third and back
            try (StreamsJobView third = cluster.view(NOBODY, Map.of())) {
                try (Asking asking = new Asking(ids, State.SUCCEEDED, first, second)) {
                    third.start();
                    await().until(() -> third.isRunning() && !third.partitions().isEmpty());
                    asking.assertOneAnswer();
                }
                assertTrue(all(ids, State.SUCCEEDED, first, second, third));
                ids.forEach(cluster::purge);
                await().until(() -> all(ids, State.PURGED, first, second, third));
                try (Asking asking = new Asking(ids, State.PURGED, first, second)) {
                    leave(third);
                    await().until(() ->
                            first.partitions().size() + second.partitions().size() == 24);
                    asking.assertOneAnswer();
                }
            }
            // then: events that come late change nothing for anybody
            ids.forEach(cluster::succeed);
            String next = UUID.randomUUID().toString();
            cluster.submit(next);
            await().until(() -> all(List.of(next), State.SUBMITTED, first, second));
            assertTrue(all(ids, State.PURGED, first, second));
        }
    }

    @Test
    void a_gateway_that_wakes_up_after_it_lost_its_partitions_writes_no_older_state() throws Exception {
        String paused = UUID.randomUUID().toString();
        CountDownLatch isPaused = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        JobUpdates pausing = job -> {
            if (job.getJobId().equals(paused) && wakeUp.getCount() > 0) {
                isPaused.countDown();
                awaitUninterruptibly(wakeUp);
            }
        };
        try (ViewCluster cluster = new ViewCluster(kafka, "paused.", folder.resolve("paused"));
                StreamsJobView first = cluster.view(pausing, Map.of("max.poll.interval.ms", 3_000));
                StreamsJobView second = cluster.view(NOBODY, Map.of())) {
            try {
                // given: one whose thread stands still in a transaction that has written the job
                first.start();
                await().until(first::isRunning);
                cluster.submit(paused);
                isPaused.await();
                await().until(() -> records(cluster, paused, "read_uncommitted").equals(List.of(State.SUBMITTED)));
                // when: another one takes its partitions, and the job ends
                second.start();
                cluster.succeed(paused);
                await().until(() -> ViewCluster.state(second, paused).equals(Optional.of(State.SUCCEEDED)));
                await().until(() -> last(cluster, paused).equals(Optional.of(State.SUCCEEDED)));
            } finally {
                wakeUp.countDown();
            }
            // then: it comes back, has the end, and what it had written is not there for anybody
            await().until(() ->
                    first.isRunning() && ViewCluster.state(first, paused).equals(Optional.of(State.SUCCEEDED)));
            String next = UUID.randomUUID().toString();
            cluster.submit(next);
            cluster.succeed(next);
            await().until(() -> all(List.of(paused, next), State.SUCCEEDED, first, second));
            List<State> written = records(cluster, paused, "read_uncommitted");
            List<State> committed = records(cluster, paused, "read_committed");
            assertEquals(written.size() - 1, committed.size(), written + " of which committed " + committed);
            assertEquals(List.of(State.SUBMITTED, State.SUCCEEDED), committed);
        }
    }

    private static void leave(StreamsJobView view) {
        view.close();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<State> records(ViewCluster cluster, String id, String isolationLevel) {
        return cluster.read(Topic.JOBS, isolationLevel).stream()
                .filter(record -> id.equals(record.key()))
                .map(ConsumerRecord::value)
                .map(value -> JobSerde.parse(value).getState())
                .toList();
    }

    private static Optional<State> last(ViewCluster cluster, String id) {
        List<State> all = records(cluster, id, "read_committed");
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static StreamsJobView started(ViewCluster cluster) {
        StreamsJobView view = cluster.view(NOBODY, Map.of());
        view.start();
        return view;
    }

    private static boolean all(List<String> ids, State state, StreamsJobView... views) {
        return Stream.of(views).allMatch(view -> ids.stream()
                .allMatch(id -> ViewCluster.state(view, id).equals(Optional.of(state))));
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> UUID.randomUUID().toString())
                .toList();
    }

    /** Asks all the time, on a thread of its own. */
    private static final class Asking implements AutoCloseable {

        private final Thread thread;
        private volatile boolean isOver;
        private volatile long rounds;
        private volatile String wrong;

        Asking(List<String> ids, State expected, StreamsJobView... views) {
            thread = new Thread(() -> {
                while (!isOver && wrong == null) {
                    ids.forEach(id -> Stream.of(views).forEach(view -> check(id, expected, view)));
                    rounds++;
                }
            });
            thread.setDaemon(true);
            thread.start();
            await().until(() -> rounds > 0);
        }

        private void check(String id, State expected, StreamsJobView view) {
            try {
                Optional<Job> found = view.find(id);
                if (!found.map(Job::getState).equals(Optional.of(expected))) {
                    wrong = id + " is " + found.map(JobStates::version) + " instead of " + expected;
                }
            } catch (RuntimeException e) {
                wrong = id + " was refused: " + e;
            }
        }

        void assertOneAnswer() {
            long before = rounds;
            await().until(() -> wrong != null || rounds > before + 1);
            assertEquals(null, wrong);
        }

        @Override
        public void close() {
            isOver = true;
        }
    }
}
