package io.surstream.models.hub;

import io.surstream.models.hub.HubConnection.Download;
import io.surstream.models.hub.HubConnection.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fetches one file of a repository into its blobs. A transfer that breaks off continues where it stopped, as long as
 * each attempt brings something, and in a later process too. A content that is named by its SHA-256 is checked against
 * it.
 *
 * @param path of the file at the endpoint
 * @param locks see {@link PartialBlob#of}
 */
record HubFile(HubConnection connection, String path, Path blobs, Path locks) {
    private static final int MOST_ATTEMPTS = 20;

    /** @return the blob, whole */
    Path fetch() throws IOException, Unreachable {
        Files.createDirectories(blobs);
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt();
            } catch (BrokenOffException e) {
                if (!e.goesOn || attempt == MOST_ATTEMPTS) {
                    throw new Unreachable(e.getMessage(), e.getCause());
                }
            }
        }
    }

    /** Not all came. */
    private static final class BrokenOffException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean goesOn;

        /** @param goesOn whether something came that the next attempt need not fetch again */
        BrokenOffException(String message, boolean goesOn, Throwable cause) {
            super(message, cause);
            this.goesOn = goesOn;
        }
    }

    private Path attempt() throws IOException, Unreachable, BrokenOffException {
        Parts parts = new Parts();
        try (parts) {
            Download download = connection.file(path, parts::kept);
            PartialBlob part = parts.of(download.etag());
            receive(download, part);
            if (HubConnection.isSha256(download.etag())) {
                verify(download.etag(), part);
            }
            Path blob = blobs.resolve(download.etag());
            part.moveTo(blob);
            return blob;
        }
    }

    private void receive(Download download, PartialBlob part) throws IOException, BrokenOffException {
        long before = part.length();
        IOException broken = null;
        try (InputStream body = download.body()) {
            part.write(download.from(), body);
        } catch (UncheckedIOException e) {
            broken = e.getCause();
        }
        long length = part.length();
        long size = download.size().orElse(length);
        if (broken != null || length != size) {
            boolean goesOn = HubConnection.isSha256(download.etag()) && length > before && length < size;
            throw new BrokenOffException(
                    path + " broke off: " + length + " of " + size + " bytes came; try again", goesOn, broken);
        }
    }

    private void verify(String sha256, PartialBlob part) throws IOException, Unreachable {
        String found = part.sha256();
        if (!found.equals(sha256)) {
            part.discard();
            throw new Unreachable(
                    path + " has the SHA-256 " + found + " but the Hub says " + sha256 + "; try again", null);
        }
    }

    /** The partial file of one attempt, opened when its name is known. */
    private final class Parts implements AutoCloseable {
        private PartialBlob part;

        long kept(String sha256) throws IOException {
            return of(sha256).length();
        }

        PartialBlob of(String etag) throws IOException {
            if (part == null) {
                part = HubConnection.isSha256(etag) ? PartialBlob.of(blobs, locks, etag) : PartialBlob.temporary(blobs);
            }
            return part;
        }

        @Override
        public void close() throws IOException {
            if (part != null) {
                part.close();
            }
        }
    }
}
