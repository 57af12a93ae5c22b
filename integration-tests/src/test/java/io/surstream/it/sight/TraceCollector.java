package io.surstream.it.sight;

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
import java.util.HexFormat;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector in the test's own memory: OTLP over gRPC in, spans to look at. */
final class TraceCollector extends TraceServiceGrpc.TraceServiceImplBase implements AutoCloseable {
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Server server;

    TraceCollector() {
        try {
            server = ServerBuilder.forPort(0).addService(this).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    /** Empty when the span has no such attribute. */
    static String attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
