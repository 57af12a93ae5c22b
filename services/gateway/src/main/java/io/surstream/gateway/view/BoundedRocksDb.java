package io.surstream.gateway.view;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache for all stores of this process, with their indexes, filters and write buffers inside: native memory stays the same
 * however many jobs and partitions there are.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long MIB = 1 << 20;
    private static final long CACHE_BYTES = 96 * MIB;
    private static final long BUFFER_BYTES = 48 * MIB;
    private static final long BUFFER_OF_ONE_STORE = 8 * MIB;

    /** Made with the first store; lives as long as the process. */
    private static final class Shared {
        static {
            RocksDB.loadLibrary();
        }

        private static final Cache CACHE = new LRUCache(CACHE_BYTES);
        private static final WriteBufferManager BUFFERS = new WriteBufferManager(BUFFER_BYTES, CACHE);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.BUFFERS);
        options.setWriteBufferSize(BUFFER_OF_ONE_STORE);
        // Prompts are text.
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and write buffers belong to all stores.
    }
}
