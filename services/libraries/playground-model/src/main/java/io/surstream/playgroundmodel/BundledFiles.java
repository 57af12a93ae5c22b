package io.surstream.playgroundmodel;

import io.surstream.models.ModelFolderException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Resources beside a {@code SHA256SUMS}, from a jar or from exploded classes alike. Every file is checked against the list
 * each time it is opened. Thread-safe.
 *
 * @param root folder of the resources, with a slash at both ends
 * @param what how it is called in messages
 * @param remedy what to do where this build carries none
 */
record BundledFiles(String root, String what, String remedy) {
    /** @throws ModelFolderException if this build carries none, or its list is unreadable */
    List<String> names() {
        try {
            return List.copyOf(index().digests().keySet());
        } catch (IOException e) {
            throw new ModelFolderException("bundled " + what + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if the file is missing or is not what the list says */
    InputStream open(String file) throws IOException {
        try (InputStream in = BundledFiles.class.getResourceAsStream(root + file)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + root + file + " is missing");
            }
            return new ByteArrayInputStream(index().verified(file, in.readAllBytes()));
        }
    }

    private BundleIndex index() throws IOException {
        try (InputStream in = BundledFiles.class.getResourceAsStream(root + BundleIndex.FILE)) {
            if (in == null) {
                throw new ModelFolderException("this build has no bundled " + what + " (resource " + root
                        + BundleIndex.FILE + " is missing); " + remedy);
            }
            return BundleIndex.read(in);
        }
    }
}
