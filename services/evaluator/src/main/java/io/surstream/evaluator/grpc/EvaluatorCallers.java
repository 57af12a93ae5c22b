package io.surstream.evaluator.grpc;

import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.surstream.access.CallerCheck;
import io.surstream.access.GrpcConfig;
import io.surstream.access.RequestSizeLimit;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds every call to what its caller may do, where callers show certificates, and to the largest message. */
@GlobalInterceptor
@Singleton
class EvaluatorCallers extends CallerCheck {
    @Inject
    EvaluatorCallers(GrpcConfig config) {
        super(config);
    }

    void limitSize(@Observes Filters filters, GrpcConfig config) {
        filters.register(new RequestSizeLimit(config), RequestSizeLimit.PRIORITY);
    }
}
