package io.surstream.curator.report;

import java.util.function.Function;

/**
 * What a stage makes of an item: a value for the next one, or the reason why the item ends here.
 *
 * @param <T> what the next stage takes
 */
public sealed interface FilterResult<T> {

    /** @param value for the next stage */
    record Kept<T>(T value) implements FilterResult<T> {}

    /** @param rejection where and why */
    record Rejected<T>(Rejection rejection) implements FilterResult<T> {}

    static <T> FilterResult<T> kept(T value) {
        return new Kept<>(value);
    }

    static <T> FilterResult<T> rejected(Rejection rejection) {
        return new Rejected<>(rejection);
    }

    /** For good: see {@link Rejection#lasting}. */
    static <T> FilterResult<T> rejected(Stage stage, String reason) {
        return new Rejected<>(Rejection.lasting(stage, reason));
    }

    /** Continues with what was kept; a dropped item passes by. */
    default <R> FilterResult<R> then(Function<? super T, FilterResult<R>> next) {
        if (this instanceof Kept<T> kept) {
            return next.apply(kept.value());
        }
        return new Rejected<>(((Rejected<T>) this).rejection());
    }
}
