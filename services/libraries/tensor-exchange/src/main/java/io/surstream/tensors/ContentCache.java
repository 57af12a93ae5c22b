package io.surstream.tensors;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Content by its digest, the least recently used goes first. Thread-safe. */
final class ContentCache {
    private final long mostBytes;
    private final Map<String, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    ContentCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Null when it is not kept. Not to be written to. */
    synchronized byte[] get(String digest) {
        return contents.get(digest);
    }

    synchronized void put(String digest, byte[] content) {
        if (contents.put(digest, content) != null) {
            return;
        }
        bytes += content.length;
        Iterator<byte[]> oldest = contents.values().iterator();
        while (bytes > mostBytes) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }
}
