package io.surstream.cli.adapters;

import io.surstream.v1.AdapterPromoted;

/** A promotion in words. */
final class Promoted {
    private Promoted() {}

    static String told(AdapterPromoted event) {
        return event.getChannel() + " is " + event.getRevision() + " from now on (promotion " + event.getSequence()
                + "; before: " + event.getPreviousRevision() + ")";
    }
}
