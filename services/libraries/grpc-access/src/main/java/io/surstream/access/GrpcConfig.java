package io.surstream.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.keys.WrongSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Authorization of gRPC callers, the same for every gRPC service. */
@ConfigMapping(prefix = "surstream.grpc")
public interface GrpcConfig {
    /** The server's setting for the callers' certificate authorities. */
    String AUTHORITIES = "quarkus.tls.trust-store.pem.certs";

    /**
     * Whether a caller must present a certificate signed by one in {@code quarkus.tls.trust-store.pem.certs}, and has
     * only the rights of its name; health and metrics need none.
     */
    @WithDefault("false")
    boolean clientCertificates();

    /**
     * Maximum size of a message from a caller in bytes, 1 MiB to 1 GiB. The default fits 16 initial latents of
     * 2048×2048 pixels and the embeddings of any Stable Diffusion model.
     */
    @WithDefault("33554432")
    int maxMessageSize();

    Callers callers();

    /** Which names in certificates have which role: the DNS names of the subject alternative name, or without any the common name. */
    interface Callers {
        /**
         * Names, separated by commas, of programs that request images: they may call PromptEncoder and ImageSampler.
         */
        @WithDefault("prompt-app")
        Set<String> promptApp();

        /** Names, separated by commas, of programs that request the teacher's embeddings: they may call LlmTeacher. */
        @WithDefault("embedding-app")
        Set<String> embeddingApp();

        /** Names, separated by commas, of people and their scripts: they may call Curator, Trainer and Evaluator. */
        @WithDefault("operator")
        Set<String> operator();

        /** The names that have a role. */
        default Set<String> of(CallerRole role) {
            return switch (role) {
                case PROMPT_APP -> promptApp();
                case EMBEDDING_APP -> embeddingApp();
                case OPERATOR -> operator();
            };
        }
    }

    /**
     * To be asked before anything is served: without authorities the server would trust the JVM's, and with them
     * everyone with a certificate of any public one; without certificates callers cannot be distinguished.
     *
     * @param authorities the value of {@link #AUTHORITIES}
     * @throws io.smallrye.config.ConfigValidationException with everything that is wrong
     */
    default void check(Optional<List<Path>> authorities) {
        List<String> problems = new ArrayList<>();
        if (maxMessageSize() < 1 << 20 || maxMessageSize() > 1 << 30) {
            problems.add("surstream.grpc.max-message-size must be 1048576..1073741824 but is " + maxMessageSize());
        }
        if (clientCertificates() && authorities.isEmpty()) {
            problems.add("surstream.grpc.client-certificates is true but " + AUTHORITIES
                    + " is not set; name the certificates of those who sign for callers there");
        }
        for (CallerRole role : CallerRole.values()) {
            Set<String> names = callers().of(role);
            if (!clientCertificates() && !names.equals(Set.of(role.title()))) {
                problems.add("surstream.grpc.callers." + role.title() + " is " + String.join(",", names)
                        + " but surstream.grpc.client-certificates is false, so that nobody is asked for a name;"
                        + " set it to true");
            }
        }
        if (!problems.isEmpty()) {
            throw WrongSettings.of(problems);
        }
    }
}
