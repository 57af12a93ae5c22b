package io.surstream.serviceruntime.config;

import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.Range;

/** Where a service computes. */
public interface DeviceConfig {
    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /**
     * Threads that one operation of a network may use; 0: the first call of each kind measures whether one thread or all are
     * faster. Applies to the whole process.
     */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = Messages.RANGE)
    int threads();
}
