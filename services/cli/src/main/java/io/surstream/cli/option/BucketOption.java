package io.surstream.cli.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The deployment's bucket, where it is not the one of the settings. */
public final class BucketOption {
    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "Bucket of the deployment (default: SURSTREAM_STORAGE_BUCKET, or surstream).")
    private String name;

    public Optional<String> name() {
        return Optional.ofNullable(name);
    }
}
