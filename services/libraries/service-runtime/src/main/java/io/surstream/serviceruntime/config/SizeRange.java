package io.surstream.serviceruntime.config;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number of bytes of a {@link io.quarkus.runtime.configuration.MemorySize} is within limits. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SizeRangeValidator.class)
public @interface SizeRange {
    /** Bytes. */
    long min();

    /** Bytes. */
    long max();

    /** Says what the value must be. */
    String message();

    /** Unused. */
    Class<?>[] groups() default {};

    /** Unused. */
    Class<? extends Payload>[] payload() default {};
}
