package io.surstream.serviceruntime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PluginsTest {
    /** What {@code META-INF/services} of these tests offers {@link Foreign} for. */
    public interface Greeter<T> {
        String name();

        String greet(T whom);
    }

    public static final class Foreign implements Greeter<Integer> {
        @Override
        public String name() {
            return "foreign";
        }

        @Override
        public String greet(Integer whom) {
            return "salut " + whom;
        }
    }

    private record Own(String name) implements Greeter<String> {
        @Override
        public String greet(String whom) {
            return "hello " + whom;
        }
    }

    private static Greeter<?> required(String name) {
        return Plugins.require(
                "house.greeter", name, Greeter.class, List.<Greeter<?>>of(new Own("own")), Greeter::name);
    }

    private static Optional<Greeter<?>> optional(String name) {
        return Plugins.optional(
                "house.greeter", name, Greeter.class, List.<Greeter<?>>of(new Own("own")), Greeter::name);
    }

    @Test
    void our_own_and_offered_ones_are_found_by_their_names() {
        assertEquals(Own.class, required("own").getClass());
        assertEquals(Foreign.class, required("foreign").getClass());
        assertEquals(Foreign.class, optional("foreign").orElseThrow().getClass());
    }

    @Test
    void none_is_none_only_where_there_may_be_none() {
        assertEquals(Optional.empty(), optional("none"));
        assertThrows(ConfigValidationException.class, () -> required("none"));
    }

    @Test
    void a_name_that_nobody_has_is_told_with_all_that_there_are() {
        assertEquals("house.greeter must be one of own, foreign but is 'french'", refusal(() -> required("french")));
        assertEquals(
                "house.greeter must be none or one of own, foreign but is 'french'", refusal(() -> optional("french")));
    }

    private static String refusal(Executable asking) {
        return assertThrows(ConfigValidationException.class, asking)
                .getProblem(0)
                .getMessage();
    }
}
