package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.Failure;
import io.surstream.v1.ImportProgressed;
import io.surstream.v1.ImportRequest;
import io.surstream.v1.StageCount;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command against a curator that answers, call by call, as the test says. */
class DatasetImportTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine surstream =
            Surstream.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    private final Queue<Consumer<StreamObserver<ImportProgressed>>> calls = new ConcurrentLinkedQueue<>();
    private final List<ImportRequest> requests = new CopyOnWriteArrayList<>();
    private Server curator;
    private String address;

    @BeforeEach
    void start() throws IOException {
        curator = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new CuratorGrpc.CuratorImplBase() {
                    @Override
                    public void import_(ImportRequest request, StreamObserver<ImportProgressed> answers) {
                        requests.add(request);
                        calls.remove().accept(answers);
                    }
                })
                .build()
                .start();
        address = "127.0.0.1:" + curator.getPort();
    }

    @AfterEach
    void stop() {
        curator.shutdownNow();
    }

    private int imported(String timeout) {
        return surstream.execute(
                "dataset",
                "import",
                "playground:8",
                "--dataset",
                "scenes",
                "--json",
                "--timeout",
                timeout,
                "--address",
                address);
    }

    @Test
    void an_import_is_taken_up_again_when_its_curator_went_away_and_the_last_report_is_shown_once() {
        calls.add(answers -> failed(answers, "NOT_READY", "the curator starts"));
        calls.add(answers -> {
            answers.onNext(read(3));
            failed(answers, "NOT_READY", "the curator is stopping");
        });
        calls.add(answers -> answers.onError(Status.UNAVAILABLE.asRuntimeException()));
        calls.add(answers -> failed(answers, "BUSY", "what was begun still ends"));
        calls.add(answers -> {
            answers.onNext(read(3));
            answers.onNext(read(8));
            answers.onNext(read(8).toBuilder().setReport(report()).build());
            answers.onCompleted();
        });

        int exit = imported("60");

        assertEquals(0, exit, err::toString);
        assertEquals(5, requests.size());
        assertEquals(1, requests.stream().distinct().count());
        assertEquals(1, out.toString().lines().count(), out::toString);
        assertTrue(out.toString().contains("\"kept\":\"8\""), out::toString);
        assertEquals(
                List.of(
                        "surstream dataset import: waiting up to 60 s for the curator: the curator starts",
                        "surstream dataset import: the import continues",
                        "surstream dataset import: waiting up to 60 s for the curator: the curator is stopping",
                        "surstream dataset import: the import continues"),
                err.toString().lines().toList());
    }

    @Test
    void a_curator_that_does_not_come_back_ends_the_command_with_1_and_says_what_to_do() {
        calls.add(answers -> {
            answers.onNext(read(3));
            curator.shutdown();
            answers.onError(Status.UNAVAILABLE.asRuntimeException());
        });

        int exit = imported("1");

        assertEquals(1, exit);
        String nobody = "nobody answers at " + address;
        List<String> said = err.toString().lines().toList();
        assertEquals(2, said.size(), err::toString);
        assertTrue(
                said.get(0).startsWith("surstream dataset import: waiting up to 1 s for the curator: " + nobody),
                said::toString);
        assertTrue(
                said.get(1).startsWith("surstream dataset import: the import has made no progress for 1 s: " + nobody),
                said::toString);
        assertTrue(
                said.get(1).endsWith("; the same command continues where it stopped, and waits longer with --timeout"),
                said::toString);
        assertEquals("", out.toString());
    }

    @Test
    void going_again_through_what_was_done_before_is_no_news_to_wait_on_for() {
        for (int call = 0; call < 50; call++) {
            calls.add(answers -> {
                answers.onNext(read(3));
                failed(answers, "NOT_READY", "the store is full");
            });
        }

        int exit = imported("1");

        assertEquals(1, exit);
        assertTrue(err.toString().contains("has made no progress for 1 s: the store is full"), err::toString);
    }

    @Test
    void where_nobody_answers_at_all_and_where_the_dataset_is_busy_the_command_does_not_wait() {
        calls.add(answers -> failed(answers, "BUSY", "another import is under way"));

        assertEquals(1, imported("600"));
        assertEquals("surstream dataset import: another import is under way\n", err.toString());

        err.getBuffer().setLength(0);
        curator.shutdownNow();
        assertEquals(1, imported("600"));
        assertTrue(err.toString().startsWith("surstream dataset import: nobody answers at " + address), err::toString);
    }

    private static ImportProgressed read(long items) {
        return ImportProgressed.newBuilder()
                .setItemsRead(items)
                .setItemsTotal(8)
                .build();
    }

    private static CurationReport report() {
        return CurationReport.newBuilder()
                .setDataset("scenes")
                .addStages(StageCount.newBuilder()
                        .setStage("publish")
                        .setEntered(8)
                        .setKept(8))
                .build();
    }

    private static void failed(StreamObserver<?> answers, String type, String message) {
        answers.onError(FailureStatus.of(
                Failure.newBuilder().setType(type).setMessage(message).build()));
    }
}
