package io.surstream.curator.flow;

import java.util.Iterator;
import java.util.function.Function;

/** Elements changed one by one, by the thread that pulls. */
public record MappedIterator<I, O>(Iterator<I> in, Function<I, O> change) implements Iterator<O> {

    @Override
    public boolean hasNext() {
        return in.hasNext();
    }

    @Override
    public O next() {
        return change.apply(in.next());
    }
}
