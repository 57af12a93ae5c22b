package io.surstream.torch.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** torch.save since 1.6: a zip of {@code NAME/data.pkl} and {@code NAME/data/KEY}, all uncompressed. */
final class ZipStorages implements TorchStorages {
    private final Path file;
    private final ZipFile zip;
    private final String folder;
    private final Object root;

    private ZipStorages(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        String pickle = zip.stream()
                .map(ZipEntry::getName)
                .filter(n -> n.equals("data.pkl") || n.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow(() -> new StateDictException(file, "is a zip without data.pkl, so not from torch.save"));
        this.folder = pickle.substring(0, pickle.length() - "data.pkl".length());
        if (zip.getEntry(folder + "constants.pkl") != null) {
            throw new StateDictException(file, "is a TorchScript program; a state dict is needed");
        }
        ZipEntry order = zip.getEntry(folder + "byteorder");
        if (order != null && !new String(content(order, 16), StandardCharsets.US_ASCII).equals("little")) {
            throw new StateDictException(file, "stores its numbers big-endian; save it on a little-endian machine");
        }
        byte[] bytes = content(zip.getEntry(pickle), MAX_PICKLE_BYTES);
        this.root = new RestrictedPickle(file, ByteBuffer.wrap(bytes)).read();
    }

    static ZipStorages open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new StateDictException(file, "is a broken zip (" + e.getMessage() + "); it may be cut off", e);
        }
        try {
            return new ZipStorages(file, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public ByteBuffer read(PickledTensor.Storage storage) throws IOException {
        ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
        long bytes = storage.bytes();
        if (entry == null || entry.getSize() != bytes) {
            throw new StateDictException(
                    file,
                    "storage " + storage.key() + " must have " + bytes + " bytes but "
                            + (entry == null ? "is missing" : "has " + entry.getSize()));
        }
        return ByteBuffer.wrap(content(entry, Integer.MAX_VALUE - 8L));
    }

    private byte[] content(ZipEntry entry, long limit) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new StateDictException(file, entry.getName() + " is compressed; torch never does that; refused");
        }
        if (entry.getSize() > limit) {
            throw new StateDictException(
                    file, entry.getName() + " has " + entry.getSize() + " bytes; the limit is " + limit);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw new StateDictException(file, entry.getName() + " is cut off");
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
