package io.surstream.gateway.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import io.surstream.v1.Job;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Jobs as binary protobuf. */
final class JobSerde implements Serde<Job> {

    @Override
    public Serializer<Job> serializer() {
        return (topic, job) -> job == null ? null : job.toByteArray();
    }

    @Override
    public Deserializer<Job> deserializer() {
        return (topic, bytes) -> bytes == null ? null : parse(topic, bytes);
    }

    private static Job parse(String topic, byte[] bytes) {
        try {
            return Job.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new SerializationException("a record of " + topic + " is no Job", e);
        }
    }
}
