package io.surstream.curator.parse;

import io.surstream.playground.world.Scene;

/** Where an item's image is to be had. */
public sealed interface ImageLocation {

    /** @param url as the source says; not yet checked */
    record Remote(String url) implements ImageLocation {}

    /** @param name path in the source's own folder or archive, with or without extension; not yet checked */
    record Named(String name) implements ImageLocation {}

    /** An image that is drawn when it is needed. */
    record Drawn(Scene scene, long seed) implements ImageLocation {}
}
