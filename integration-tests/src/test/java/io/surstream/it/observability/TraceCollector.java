package io.surstream.it.observability;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A collector in the test's own memory: OTLP over gRPC in, spans to look at. */
public final class TraceCollector extends TraceServiceGrpc.TraceServiceImplBase implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Server server;

    public TraceCollector() {
        try {
            server = ServerBuilder.forPort(0).addService(this).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings of a process that sends its traces here at once. */
    public Map<String, String> settings() {
        return Map.of("surstream.telemetry.endpoint", endpoint(), "quarkus.otel.bsp.schedule.delay", "100ms");
    }

    /** The first span of this kind, waiting for it. */
    Span await(Predicate<Span> wanted) {
        return Awaitility.await("a span")
                .atMost(LIMIT)
                .until(() -> spans.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
        request.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
        answer.onCompleted();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    List<Span> trace(String traceId) {
        return spans.stream().filter(span -> traceId(span).equals(traceId)).toList();
    }

    /** Names from the trace's root to the span; "?" stands for a parent that nobody has sent. */
    List<String> path(Span span) {
        LinkedList<String> names = new LinkedList<>();
        Optional<Span> at = Optional.of(span);
        while (at.isPresent()) {
            Span here = at.get();
            names.addFirst(here.getName());
            at = spans.stream()
                    .filter(other -> other.getSpanId().equals(here.getParentSpanId()))
                    .findFirst();
            if (at.isEmpty() && !here.getParentSpanId().isEmpty()) {
                names.addFirst("?");
            }
        }
        return names;
    }

    static String traceId(Span span) {
        return hex(span.getTraceId());
    }

    /** Traces that the span names as where it comes of. */
    static Set<String> linked(Span span) {
        return span.getLinksList().stream().map(link -> hex(link.getTraceId())).collect(Collectors.toSet());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** Empty when the span has no such attribute. */
    static String attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(value -> value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
