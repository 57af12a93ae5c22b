package io.surstream.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.gateway.problem.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads typed, bounded fields of a JSON object and collects what is wrong instead of stopping at the first problem. */
final class FieldReader {

    private final ObjectNode object;
    private final List<Violation> violations = new ArrayList<>();

    FieldReader(ObjectNode object) {
        this.object = object;
    }

    List<Violation> violations() {
        return violations;
    }

    void refuse(Violation violation) {
        violations.add(violation);
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    Optional<String> text(String field, int maxCharacters) {
        Optional<String> text = string(field, "a string");
        Optional<Violation> broken = text.flatMap(t -> TextRules.check(field, t, maxCharacters));
        broken.ifPresent(violations::add);
        return broken.isPresent() ? Optional.empty() : text;
    }

    Optional<String> string(String field, String limit) {
        JsonNode node = object.get(field);
        if (!has(field)) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            invalid(field, limit);
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    Optional<Boolean> bool(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!object.get(field).isBoolean()) {
            invalid(field, "true or false");
            return Optional.empty();
        }
        return Optional.of(object.get(field).booleanValue());
    }

    OptionalInt integer(String field, int min, int max) {
        Optional<BigInteger> value = integer(
                field,
                BigInteger.valueOf(min),
                BigInteger.valueOf(max),
                "an integer from %d to %d".formatted(min, max));
        return value.isPresent() ? OptionalInt.of(value.get().intValueExact()) : OptionalInt.empty();
    }

    /** Decimal digits in a string are taken too: JavaScript numbers cannot carry 64-bit integers. */
    Optional<BigInteger> integer(String field, BigInteger min, BigInteger max, String limit) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode node = object.get(field);
        boolean digits = node.isTextual() && node.textValue().matches("-?[0-9]{1,20}");
        BigDecimal value = digits ? new BigDecimal(node.textValue()) : number(node);
        if (value == null
                || value.compareTo(new BigDecimal(min)) < 0
                || value.compareTo(new BigDecimal(max)) > 0
                || value.stripTrailingZeros().scale() > 0) {
            invalid(field, limit);
            return Optional.empty();
        }
        return Optional.of(value.toBigIntegerExact());
    }

    Optional<Float> decimal(String field, double min, double max) {
        if (!has(field)) {
            return Optional.empty();
        }
        BigDecimal value = number(object.get(field));
        if (value == null
                || value.compareTo(BigDecimal.valueOf(min)) < 0
                || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            invalid(field, "a finite number from %s to %s".formatted(plain(min), plain(max)));
            return Optional.empty();
        }
        return Optional.of(value.floatValue());
    }

    void invalid(String field, String limit) {
        JsonNode node = object.get(field);
        String shown =
                node.isTextual() ? '"' + node.textValue() + '"' : node.isNumber() ? node.asText() : node.toString();
        violations.add(Violation.invalid(field, shown, limit));
    }

    /** @return null when the node is no finite number (NaN and infinities arrive as floating-point nodes) */
    private static BigDecimal number(JsonNode node) {
        boolean finite = node.isNumber()
                && !(node.isDouble() && !Double.isFinite(node.doubleValue()))
                && !(node.isFloat() && !Float.isFinite(node.floatValue()));
        return finite ? node.decimalValue() : null;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
