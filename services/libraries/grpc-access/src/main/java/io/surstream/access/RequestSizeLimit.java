package io.surstream.access;

import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * Says why a gRPC request was refused when a message of it is larger than {@link GrpcConfig#maxMessageSize}. The server itself ends
 * such a call with RESOURCE_EXHAUSTED and nothing else, before any code of a service runs. To be put before the route of gRPC.
 * Safe for any thread.
 */
final class RequestSizeLimit implements Handler<RoutingContext> {
    /** Before whatever else handles a request. */
    static final int PRIORITY = 1_000;

    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final String RESOURCE_EXHAUSTED = "8";

    private final Map<String, String> words;

    RequestSizeLimit(GrpcConfig config) {
        words = FailureStatus.headers(Failure.newBuilder()
                .setType(FailureType.MESSAGE_TOO_LARGE.name())
                .setLimit(config.maxMessageSize() + " bytes")
                .setMessage("the request has a message of more than " + config.maxMessageSize()
                        + " bytes; send less, or raise surstream.grpc.max-message-size of the service")
                .build());
    }

    @Override
    public void handle(RoutingContext context) {
        String type = context.request().getHeader("content-type");
        if (type != null && type.startsWith("application/grpc")) {
            context.addHeadersEndHandler(ended -> explain(context.response().headers()));
        }
        context.next();
    }

    /** Refusals of the services' own, such as BUSY, have their words already. */
    private void explain(MultiMap headers) {
        if (RESOURCE_EXHAUSTED.equals(headers.get(STATUS)) && !headers.contains(MESSAGE)) {
            words.forEach(headers::set);
        }
    }
}
