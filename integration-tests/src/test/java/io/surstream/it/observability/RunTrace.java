package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The traces of road 2: one an import, one an example, one a run from its request to its promotion, linked with each other. */
public final class RunTrace {
    private static final List<String> TO_THE_CHECKPOINT = List.of(
            "?", "surstream.training.requested process", "training run", "surstream.checkpoints.published publish");

    private final TraceCollector collector;
    private final Span run;

    private RunTrace(TraceCollector collector, String run) {
        this.collector = collector;
        this.run = runSpan(collector, run);
    }

    private static Span runSpan(TraceCollector collector, String run) {
        return collector.await(span -> span.getName().equals("training run")
                && TraceCollector.attribute(span, "surstream.run.id").equals(run));
    }

    /**
     * @param run that has been evaluated and promoted by hand
     * @param examples of the run's dataset
     */
    public static void require(TraceCollector collector, String run, String dataset, int examples) {
        RunTrace trace = new RunTrace(collector, run);
        assertNotEquals(
                Status.StatusCode.STATUS_CODE_ERROR, trace.run.getStatus().getCode());
        trace.requireOneFromRequestToPromotion();
        trace.requireLinkedWithExamples(dataset, examples);
    }

    /** Asks for a run of a model that is not there: its span must have failed, and say as what. */
    public static void requireFailed(TraceCollector collector, Deployment deployment, String dataset) {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setRunId("without-model")
                .setStart(TrainingRun.newBuilder().setDataset(dataset).setModel("/no/such/model"))
                .build();
        deployment
                .kafka()
                .publish(
                        "training.requested", request.getRunId(), request.toByteArray(), KafkaEdge.cloudEvent(request));

        Span failed = runSpan(collector, request.getRunId());

        assertEquals(Status.StatusCode.STATUS_CODE_ERROR, failed.getStatus().getCode());
        assertEquals("MODEL_UNUSABLE", TraceCollector.attribute(failed, "error.type"));
    }

    private void requireOneFromRequestToPromotion() {
        assertEquals(
                and(
                        TO_THE_CHECKPOINT,
                        "surstream.checkpoints.published process",
                        "surstream.checkpoints.evaluated publish"),
                collector.path(ofRun("surstream.checkpoints.evaluated publish")));
        // The command has no collector: its own span is not sent, the encoder's hangs on the checkpoint.
        assertEquals(
                and(TO_THE_CHECKPOINT, "surstream.adapters.promoted process"),
                collector.path(ofRun("surstream.adapters.promoted process")));
    }

    private void requireLinkedWithExamples(String dataset, int examples) {
        Set<String> linked = TraceCollector.linked(run);
        assertEquals(examples, linked.size());
        Set<String> embedded = collector.spans().stream()
                .filter(span -> span.getName().equals("surstream.examples.embedded publish"))
                .map(TraceCollector::traceId)
                .collect(Collectors.toSet());
        assertTrue(!embedded.isEmpty() && linked.containsAll(embedded), embedded + " in " + linked);
        String source = TraceCollector.traceId(ImportTrace.of(collector, dataset));
        assertNotEquals(TraceCollector.traceId(run), source, "an import is a trace of its own");
        for (String example : linked) {
            Span published = collector.await(span -> span.getName().equals("surstream.examples.curated publish")
                    && TraceCollector.traceId(span).equals(example));
            assertEquals(Set.of(source), TraceCollector.linked(published));
        }
    }

    private Span ofRun(String name) {
        return collector.await(span ->
                span.getName().equals(name) && TraceCollector.traceId(span).equals(TraceCollector.traceId(run)));
    }

    private static List<String> and(List<String> first, String... then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(then));
        return all;
    }
}
