package io.surstream.access;

import java.util.Set;

/** Settings as a test gives them; by default the names of callers are those of the roles. */
record Settings(boolean clientCertificates, Set<String> promptApp, Set<String> embeddingApp, Set<String> operator)
        implements GrpcConfig, GrpcConfig.Callers {
    static Settings withCertificates() {
        return new Settings(true, Set.of("prompt-app"), Set.of("embedding-app"), Set.of("operator"));
    }

    static Settings withoutCertificates() {
        return new Settings(false, Set.of("prompt-app"), Set.of("embedding-app"), Set.of("operator"));
    }

    @Override
    public int maxMessageSize() {
        return 32 << 20;
    }

    @Override
    public Callers callers() {
        return this;
    }
}
