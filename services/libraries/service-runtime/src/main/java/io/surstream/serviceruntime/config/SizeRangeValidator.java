package io.surstream.serviceruntime.config;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** Checks {@link SizeRange}. */
public final class SizeRangeValidator implements ConstraintValidator<SizeRange, MemorySize> {
    private long min;
    private long max;

    @Override
    public void initialize(SizeRange range) {
        min = range.min();
        max = range.max();
    }

    @Override
    public boolean isValid(MemorySize size, ConstraintValidatorContext context) {
        return size == null || size.asLongValue() >= min && size.asLongValue() <= max;
    }
}
