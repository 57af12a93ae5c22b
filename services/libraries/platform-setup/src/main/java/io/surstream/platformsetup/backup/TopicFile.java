package io.surstream.platformsetup.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A topic in a file: what it looked like, its records in the order of each partition, and an end mark with their number, all under
 * gzip, whose checksum covers every byte. Offsets are not kept.
 */
final class TopicFile {
    static final String ENDING = ".records.gz";
    private static final String FORMAT = "surstream-topic-2";

    /** Whose header names had to be shorter than 64 KiB. */
    private static final String FORMER = "surstream-topic-1";

    private static final int END = -1;

    private TopicFile() {}

    /**
     * @param topic without the prefix, or a whole name of a topic outside of the catalogue
     * @param config what was set for this topic itself
     */
    record Head(String topic, int partitions, Map<String, String> config) {}

    /** A record without its topic and offset; key and value may be null. */
    record Entry(int partition, long timestamp, byte[] key, byte[] value, List<Header> headers) {
        static Entry of(ConsumerRecord<byte[], byte[]> origin) {
            return new Entry(
                    origin.partition(),
                    origin.timestamp(),
                    origin.key(),
                    origin.value(),
                    List.of(origin.headers().toArray()));
        }
    }

    /** Writes beside the file, which appears with {@link #finish()}. Used by one thread. */
    static final class Writer implements AutoCloseable {
        private final Path target;
        private final Path partial;
        private final DataOutputStream out;
        private long entries;

        Writer(Path target, Head head) throws IOException {
            this.target = target;
            this.partial = target.resolveSibling(target.getFileName() + ".part");
            this.out = new DataOutputStream(
                    new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)), 1 << 16));
            out.writeUTF(FORMAT);
            out.writeUTF(head.topic());
            out.writeInt(head.partitions());
            out.writeInt(head.config().size());
            for (Map.Entry<String, String> setting : new TreeMap<>(head.config()).entrySet()) {
                out.writeUTF(setting.getKey());
                out.writeUTF(setting.getValue());
            }
        }

        void write(Entry entry) throws IOException {
            out.writeInt(entry.partition());
            out.writeLong(entry.timestamp());
            bytes(entry.key());
            bytes(entry.value());
            out.writeInt(entry.headers().size());
            for (Header header : entry.headers()) {
                bytes(header.key().getBytes(StandardCharsets.UTF_8));
                bytes(header.value());
            }
            entries++;
        }

        private void bytes(byte[] content) throws IOException {
            out.writeInt(content == null ? -1 : content.length);
            if (content != null) {
                out.write(content);
            }
        }

        long entries() {
            return entries;
        }

        void finish() throws IOException {
            out.writeInt(END);
            out.writeLong(entries);
            out.close();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(partial);
        }
    }

    /** Reads to the end mark. Used by one thread. */
    static final class Reader implements AutoCloseable {
        private final Path file;
        private final DataInputStream in;
        private final Head head;
        private final boolean former;
        private long entries;

        /** @throws BackupException when the file is something else */
        Reader(Path file) throws IOException {
            this.file = file;
            this.in = new DataInputStream(
                    new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16));
            String format = in.readUTF();
            this.former = format.equals(FORMER);
            if (!former && !format.equals(FORMAT)) {
                in.close();
                throw new BackupException(file + " is no file of a topic in a format that this version reads");
            }
            String topic = in.readUTF();
            int partitions = in.readInt();
            Map<String, String> config = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                config.put(in.readUTF(), in.readUTF());
            }
            this.head = new Head(topic, partitions, config);
        }

        Head head() {
            return head;
        }

        /**
         * Empty behind the last one.
         *
         * @throws BackupException when the file ends before its end
         */
        Optional<Entry> next() throws IOException {
            try {
                int partition = in.readInt();
                if (partition == END) {
                    requireEnd();
                    return Optional.empty();
                }
                entries++;
                return Optional.of(new Entry(partition, in.readLong(), bytes(), bytes(), headers()));
            } catch (EOFException e) {
                throw new BackupException(file + " is truncated after " + entries + " records; take another backup");
            }
        }

        /** Reading on to the end of the stream makes gzip compare its checksum. */
        private void requireEnd() throws IOException {
            long written = in.readLong();
            if (written != entries || in.read() != -1) {
                throw new BackupException(
                        file + " holds " + entries + " records but says " + written + "; take another backup");
            }
        }

        private byte[] bytes() throws IOException {
            int length = in.readInt();
            if (length < 0) {
                return null;
            }
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                throw new EOFException();
            }
            return content;
        }

        private List<Header> headers() throws IOException {
            List<Header> headers = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = former ? in.readUTF() : new String(bytes(), StandardCharsets.UTF_8);
                headers.add(new RecordHeader(name, bytes()));
            }
            return headers;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
