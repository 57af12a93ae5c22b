package io.surstream.platformsetup.backup;

import io.surstream.contract.Sha256;
import io.surstream.storage.AtomicFile;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A bucket in a folder: each content once under its SHA-256, and an index of the keys, written last. A later backup into the same
 * folder fetches only what is new; contents that no key has any more stay.
 */
public final class BucketBackup {
    private static final String INDEX = "objects.tsv";
    private static final String CONTENTS = "contents";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final ObjectStore store;
    private final Path folder;

    /**
     * @param store stays the caller's
     * @param folder made when missing
     */
    public BucketBackup(ObjectStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** One line of the index. */
    private record Line(String sha256, String contentType, String key) {
        static Line parse(String text) {
            String[] fields = text.split("\t", 3);
            if (fields.length < 3 || !DIGEST.matcher(fields[0]).matches()) {
                throw new IllegalStateException("the backup's " + INDEX + " holds a line that is none: " + text);
            }
            return new Line(fields[0], fields[1], fields[2]);
        }

        String text() {
            return sha256 + '\t' + contentType + '\t' + key;
        }
    }

    /** @return how many objects the backup holds */
    public int save() {
        try {
            Files.createDirectories(folder.resolve(CONTENTS));
            List<String> lines = new ArrayList<>();
            for (ListedObject listed : store.list("")) {
                // One that was deleted since the listing is not missed.
                store.find(listed.key())
                        .ifPresent(found -> lines.add(save(found).text()));
            }
            try (AtomicFile index = AtomicFile.replacing(folder.resolve(INDEX))) {
                Files.write(index.path(), lines);
                index.commit();
            }
            return lines.size();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Line save(StoredObject found) {
        if (found.sha256().filter(known -> Files.exists(content(known))).isPresent()) {
            return new Line(found.sha256().get(), found.contentType(), found.key());
        }
        Path fetched = folder.resolve(CONTENTS).resolve("fetched");
        store.download(found.key(), fetched);
        String sha256 = Sha256.of(fetched);
        try {
            Files.move(fetched, content(sha256), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(fetched + " cannot be renamed: " + e.getMessage(), e);
        }
        return new Line(sha256, found.contentType(), found.key());
    }

    /**
     * Writes every object that the bucket does not have just so; makes the bucket when it is missing.
     *
     * @return how many were written
     * @throws ChecksumMismatchException when a content is not what its name says
     */
    public int load() {
        try {
            store.ensureBucket();
            int written = 0;
            for (String text : Files.readAllLines(folder.resolve(INDEX))) {
                Line line = Line.parse(text);
                if (store.find(line.key())
                        .flatMap(StoredObject::sha256)
                        .filter(line.sha256()::equals)
                        .isEmpty()) {
                    load(line);
                    written++;
                }
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " holds no whole backup of a bucket: " + e.getMessage(), e);
        }
    }

    private void load(Line line) {
        String found = Sha256.of(content(line.sha256()));
        if (!found.equals(line.sha256())) {
            throw new ChecksumMismatchException(store.bucket(), line.key(), line.sha256(), found);
        }
        store.put(line.key(), content(line.sha256()), line.contentType());
    }

    private Path content(String sha256) {
        return folder.resolve(CONTENTS).resolve(sha256);
    }
}
