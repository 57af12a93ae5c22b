package io.surstream.curator;

/** The caller that waits for an import. Called by the import's own thread. */
public interface ImportListener {

    /**
     * After every item.
     *
     * @param total 0 where it is not known
     */
    void progressed(long read, long total, long published);

    /** Whether nobody waits any more: the import then stops and can be resumed. */
    boolean isGone();
}
