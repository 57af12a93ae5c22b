package io.surstream.curator.report;

import java.util.function.Function;

/**
 * What a stage makes of an item: a value for the next one, or the reason why the item ends here.
 *
 * @param <T> what the next stage takes
 */
public sealed interface Outcome<T> {

    /** @param value for the next stage */
    record Kept<T>(T value) implements Outcome<T> {}

    /** @param drop where and why */
    record Dropped<T>(Drop drop) implements Outcome<T> {}

    static <T> Outcome<T> kept(T value) {
        return new Kept<>(value);
    }

    static <T> Outcome<T> dropped(Drop drop) {
        return new Dropped<>(drop);
    }

    /** For good: see {@link Drop#lasting}. */
    static <T> Outcome<T> dropped(Stage stage, String reason) {
        return new Dropped<>(Drop.lasting(stage, reason));
    }

    /** Goes on with what was kept; a dropped item passes by. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        if (this instanceof Kept<T> kept) {
            return next.apply(kept.value());
        }
        return new Dropped<>(((Dropped<T>) this).drop());
    }
}
