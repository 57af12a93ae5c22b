package io.surstream.curator;

/** Goes away after so many items. */
public final class LeavingListener implements ImportListener {
    private final long items;
    private long seen;

    public LeavingListener(long items) {
        this.items = items;
    }

    @Override
    public void progressed(long read, long total, long published) {
        seen = read;
    }

    @Override
    public boolean isGone() {
        return seen >= items;
    }
}
