package io.surstream.serviceruntime.config;

import io.smallrye.config.WithDefault;

/** The model that all services of a deployment share. */
public interface ModelConfig {
    /** Base model: {@code playground}, a folder, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.model:playground}")
    String model();
}
