package io.surstream.standalone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the one-JVM quick start; {@code surstream up} sets them from its options. */
@ConfigMapping(prefix = "surstream.standalone")
public interface StandaloneConfig {
    /** Folder of all data: topics, objects, log, lock and {@code run.json}. */
    Path data();

    /** Port of the embedded Kafka broker on 127.0.0.1, 1..65535. */
    int kafkaPort();

    /** Port of the embedded S3 store on 127.0.0.1, 1..65535. */
    int s3Port();

    /** Access key of the embedded S3 store. */
    @WithDefault("surstream")
    String s3AccessKey();

    /** Secret key of the embedded S3 store. */
    @WithDefault("surstream")
    String s3SecretKey();
}
