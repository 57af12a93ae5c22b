package io.surstream.torch.pickle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * torch.save before 1.6: five pickles one after another (magic number, protocol, machine, value, storage keys), then for
 * each key the number of elements in 8 bytes and the elements.
 */
final class LegacyStorages implements TorchStorages {
    private static final byte[] MAGIC = {
        0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };
    private static final long PROTOCOL = 1001;

    private final Path file;
    private final FileChannel channel;
    private final Object root;
    private final Map<String, Long> positions;

    private LegacyStorages(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        ByteBuffer in = channel.map(MapMode.READ_ONLY, 0, Math.min(channel.size(), MAX_PICKLE_BYTES));
        if (in.remaining() < 4 || in.get(0) != (byte) 0x80 || !Arrays.equals(MAGIC, magic(in))) {
            throw new StateDictException(file, "is neither a zip nor the older format of torch.save");
        }
        if (!Long.valueOf(PROTOCOL).equals(new RestrictedPickle(file, in).read())) {
            throw new StateDictException(file, "uses another protocol than " + PROTOCOL + " of torch.save");
        }
        Map<?, ?> machine = (Map<?, ?>) new RestrictedPickle(file, in).read();
        if (!Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new StateDictException(file, "stores its numbers big-endian; save it on a little-endian machine");
        }
        RestrictedPickle value = new RestrictedPickle(file, in);
        this.root = value.read();
        List<?> keys = (List<?>) new RestrictedPickle(file, in).read();
        this.positions = positions(keys, value.storages(), in.position());
    }

    /** Where each storage's elements begin. */
    private Map<String, Long> positions(List<?> keys, Map<String, PickledTensor.Storage> storages, long start)
            throws IOException {
        Map<String, Long> positions = new HashMap<>();
        long position = start;
        for (Object key : keys) {
            PickledTensor.Storage storage = storages.get(key);
            if (storage == null) {
                throw new StateDictException(file, "stores " + key + ", which no tensor uses");
            }
            ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(count, position);
            position += 8;
            long end = Math.addExact(position, storage.bytes());
            if (count.hasRemaining() || end > channel.size()) {
                throw new StateDictException(
                        file, "is cut off: storage " + key + " ends at byte " + end + " of " + channel.size());
            }
            if (count.getLong(0) != storage.elements()) {
                throw new StateDictException(
                        file,
                        "storage " + key + " holds " + count.getLong(0) + " elements but its tensors expect "
                                + storage.elements());
            }
            positions.put(storage.key(), position);
            position = end;
        }
        return positions;
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public ByteBuffer read(PickledTensor.Storage storage) throws IOException {
        Long position = positions.get(storage.key());
        if (position == null) {
            throw new StateDictException(file, "storage " + storage.key() + " is missing");
        }
        if (storage.bytes() > Integer.MAX_VALUE) {
            throw new StateDictException(
                    file,
                    "storage " + storage.key() + " has " + storage.bytes() + " bytes; the limit is "
                            + Integer.MAX_VALUE);
        }
        return channel.map(MapMode.READ_ONLY, position, storage.bytes());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] magic(ByteBuffer in) {
        return new RestrictedPickle(file, in).read() instanceof byte[] magic ? magic : new byte[0];
    }

    static LegacyStorages open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new LegacyStorages(file, channel);
        } catch (ClassCastException e) {
            channel.close();
            throw new StateDictException(file, "does not have the parts of a torch.save file", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
