package io.surstream.serviceruntime.config;

import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.Range;

/** How a service remembers jobs that were cancelled. */
public interface CancellationConfig {
    /** Maximum number of cancelled job ids kept in memory. */
    @WithDefault("100000")
    @Range(min = 1, max = 10_000_000, message = Messages.RANGE)
    int cancelledJobs();
}
