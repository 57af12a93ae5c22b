package io.surstream.gateway.view;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.utils.Crc32C;

/** Writes records with timestamps that Kafka's Java producer refuses, as clients in other languages can. */
final class RawProducer {

    /** The last one that names topics and not their ids. */
    private static final short VERSION = 12;

    private static final int TIMEOUT_MS = 30_000;

    /** Places in a record batch of version 2. */
    private static final int CRC = 17;

    private static final int ATTRIBUTES = 21;
    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;

    private RawProducer() {}

    /**
     * Into partition 0.
     *
     * @param timestamp instead of the one in the record
     */
    static void send(String broker, String topic, SimpleRecord record, long timestamp) throws IOException {
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(TIMEOUT_MS)
                .setTopicData(new TopicProduceDataCollection(List.of(new TopicProduceData()
                                .setName(topic)
                                .setPartitionData(List.of(
                                        new PartitionProduceData().setIndex(0).setRecords(batch(record, timestamp)))))
                        .iterator()));
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "raw", 1);
        ByteBuffer request = new ProduceRequest(data, VERSION).serializeWithHeader(header);
        Errors error = error(exchange(broker, request), header);
        if (error != Errors.NONE) {
            throw error.exception();
        }
    }

    private static MemoryRecords batch(SimpleRecord record, long timestamp) {
        ByteBuffer batch = MemoryRecords.withRecords(Compression.NONE, record).buffer();
        batch.putLong(BASE_TIMESTAMP, timestamp);
        batch.putLong(MAX_TIMESTAMP, timestamp);
        batch.putInt(CRC, (int) Crc32C.compute(batch, ATTRIBUTES, batch.limit() - ATTRIBUTES));
        return MemoryRecords.readableRecords(batch);
    }

    private static ByteBuffer exchange(String broker, ByteBuffer request) throws IOException {
        int colon = broker.lastIndexOf(':');
        try (Socket socket = new Socket(broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)))) {
            socket.setSoTimeout(TIMEOUT_MS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] bytes = new byte[request.remaining()];
            request.get(bytes);
            out.writeInt(bytes.length);
            out.write(bytes);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return ByteBuffer.wrap(in.readNBytes(in.readInt()));
        }
    }

    private static Errors error(ByteBuffer response, RequestHeader header) {
        ResponseHeader.parse(response, header.toResponseHeader().headerVersion());
        ProduceResponseData data = new ProduceResponseData(new ByteBufferAccessor(response), VERSION);
        return Errors.forCode(
                data.responses().iterator().next().partitionResponses().get(0).errorCode());
    }
}
