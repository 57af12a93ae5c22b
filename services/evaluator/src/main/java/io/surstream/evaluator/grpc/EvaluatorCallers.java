package io.surstream.evaluator.grpc;

import io.quarkus.grpc.GlobalInterceptor;
import io.surstream.access.CallerCheck;
import io.surstream.access.GrpcConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds every call to what its caller may do, where callers show certificates. */
@GlobalInterceptor
@Singleton
class EvaluatorCallers extends CallerCheck {
    @Inject
    EvaluatorCallers(GrpcConfig config) {
        super(config);
    }
}
