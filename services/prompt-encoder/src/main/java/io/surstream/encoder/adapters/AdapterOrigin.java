package io.surstream.encoder.adapters;

import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;

/**
 * Where an adapter lies and what it is made for.
 *
 * @param adapterWeight λ; 0 leaves it to the file
 * @param modelRevision of the base model; empty where it is not known
 */
public record AdapterOrigin(String revision, ObjectReference object, float adapterWeight, String modelRevision) {
    public static AdapterOrigin of(AdapterPromoted event) {
        return new AdapterOrigin(
                event.getRevision(), event.getAdapter(), event.getAdapterWeight(), event.getModelRevision());
    }

    public static AdapterOrigin of(CheckpointPublished event) {
        return new AdapterOrigin(
                event.getRevision(), event.getAdapter(), event.getAdapterWeight(), event.getModelRevision());
    }
}
