package io.surstream.training.examples;

/** The examples of a run, in a fixed order. {@link #get} is called by one thread, once for each use of an example. */
public interface ExampleSet {
    int size();

    /** @param index from 0 to {@link #size()} − 1 */
    TrainingExample get(int index);

    /** Names the examples and their order, so that a run is not resumed with others: a hash of their ids, for example. */
    String digest();
}
