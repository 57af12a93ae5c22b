package io.surstream.curator.grpc;

import io.quarkus.grpc.GlobalInterceptor;
import io.surstream.access.CallerCheck;
import io.surstream.access.GrpcConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds every call to what its caller may do, where callers show certificates. */
@GlobalInterceptor
@Singleton
class CuratorCallers extends CallerCheck {
    @Inject
    CuratorCallers(GrpcConfig config) {
        super(config);
    }
}
