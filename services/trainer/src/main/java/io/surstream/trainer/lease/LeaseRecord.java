package io.surstream.trainer.lease;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a lease's object says. Written by the lease's owner alone.
 *
 * @param trainer the process that owns it, unlike any other process, another life of the same host included
 * @param fromStep step of the checkpoint that the owner began at
 * @param beats rises as long as the owner lives
 * @param released the owner has left the run in good order; any trainer may take it immediately
 * @param announced step of the newest checkpoint that the cluster is known to have; said by who leaves in good order,
 *     else 0
 * @param error why the owner had to give up, where it had time to say so; else empty
 */
record LeaseRecord(String trainer, int fromStep, long beats, boolean released, int announced, String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static LeaseRecord first(String trainer, int fromStep) {
        return new LeaseRecord(trainer, fromStep, 0, false, 0, "");
    }

    LeaseRecord nextBeat() {
        return new LeaseRecord(trainer, fromStep, beats + 1, released, announced, error);
    }

    LeaseRecord released(int announced) {
        return new LeaseRecord(trainer, fromStep, beats + 1, true, announced, "");
    }

    LeaseRecord abandoned(String why) {
        return new LeaseRecord(trainer, fromStep, beats + 1, false, 0, why);
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException("a lease is always JSON", e);
        }
    }

    static LeaseRecord parse(String key, byte[] json) {
        try {
            return JSON.readValue(json, LeaseRecord.class);
        } catch (IOException e) {
            throw new IllegalStateException(key + " is not what a trainer wrote; remove the object", e);
        }
    }
}
