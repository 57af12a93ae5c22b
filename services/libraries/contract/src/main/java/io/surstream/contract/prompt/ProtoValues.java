package io.surstream.contract.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * JSON values as protobuf field values. Numbers may also be digits in a string, as protobuf's JSON has it: JavaScript cannot
 * carry 64-bit integers otherwise.
 */
final class ProtoValues {
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private ProtoValues() {}

    /** What the field takes; empty when the value is of another kind or cannot be carried. */
    static Optional<Object> of(FieldDescriptor field, JsonNode value) {
        return switch (field.getType()) {
            case STRING -> value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
            case BOOL -> value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
            case FLOAT -> decimal(value);
            case INT32 ->
                integer(value, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE))
                        .map(BigInteger::intValue);
            case INT64 ->
                integer(value, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE))
                        .map(BigInteger::longValue);
            case UINT64 -> integer(value, BigInteger.ZERO, MAX_UINT64).map(BigInteger::longValue);
            default -> throw new IllegalArgumentException("no prompt has a field of type " + field.getType());
        };
    }

    /** What the field takes, in words. */
    static String kind(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> "a string";
            case BOOL -> "true or false";
            case FLOAT -> "a number";
            case INT32 -> "an integer of 32 bits";
            case INT64 -> "an integer of 64 bits";
            default -> "an integer from 0 to " + MAX_UINT64;
        };
    }

    /** A value as a refusal shows it. */
    static String text(JsonNode value) {
        return value.isTextual() ? '"' + value.textValue() + '"' : value.isNumber() ? value.asText() : value.toString();
    }

    private static Optional<Object> decimal(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.floatValue());
        }
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String text = value.textValue();
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return Optional.of(Float.valueOf(text));
        }
        return number(text).map(BigDecimal::floatValue);
    }

    private static Optional<BigInteger> integer(JsonNode value, BigInteger min, BigInteger max) {
        Optional<BigDecimal> number = value.isTextual()
                ? number(value.textValue())
                : finite(value) ? Optional.of(value.decimalValue()) : Optional.empty();
        // the bounds come first: the digits of 1e999999999 would fill the memory
        return number.filter(n -> n.compareTo(new BigDecimal(min)) >= 0 && n.compareTo(new BigDecimal(max)) <= 0)
                .filter(n -> n.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::toBigIntegerExact);
    }

    /** NaN and infinities arrive as floating-point nodes. */
    private static boolean finite(JsonNode value) {
        return value.isNumber()
                && !(value.isDouble() && !Double.isFinite(value.doubleValue()))
                && !(value.isFloat() && !Float.isFinite(value.floatValue()));
    }

    private static Optional<BigDecimal> number(String text) {
        if (!text.matches("-?[0-9]{1,20}([.][0-9]{1,20})?([eE][-+]?[0-9]{1,3})?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text));
    }
}
