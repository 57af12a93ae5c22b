package io.surstream.it.processes;

import io.surstream.storage.ObjectStore;

/** A running SurStream, however it is made up, with its edges. */
public interface Installation {

    KafkaEdge kafka();

    /** A reader of its own for the topic with this name behind the prefix; the caller closes it. */
    TopicReader topic(String name);

    /** Stays the installation's to close. */
    ObjectStore store();

    /**
     * Runs {@code surstream} with these arguments against this installation, as a person would.
     *
     * @return all it said
     */
    String command(String... arguments);
}
