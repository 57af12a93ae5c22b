package io.surstream.trainer.grpc;

import io.quarkus.grpc.GlobalInterceptor;
import io.surstream.access.CallerCheck;
import io.surstream.access.GrpcConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds every call to what its caller may do, where callers show certificates. */
@GlobalInterceptor
@Singleton
class TrainerCallers extends CallerCheck {
    @Inject
    TrainerCallers(GrpcConfig config) {
        super(config);
    }
}
