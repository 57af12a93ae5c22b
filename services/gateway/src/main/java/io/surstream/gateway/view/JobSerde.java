package io.surstream.gateway.view;

import com.google.protobuf.InvalidProtocolBufferException;
import io.surstream.v1.Job;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Jobs as binary protobuf. What is no job is read as null, as if it were not there: only a stranger's hand can have put it there. */
final class JobSerde implements Serde<Job> {

    @Override
    public Serializer<Job> serializer() {
        return (topic, job) -> job == null ? null : job.toByteArray();
    }

    @Override
    public Deserializer<Job> deserializer() {
        return (topic, bytes) -> parse(bytes);
    }

    static Job parse(byte[] bytes) {
        try {
            return bytes == null ? null : Job.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
