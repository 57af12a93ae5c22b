package io.surstream.serviceruntime.config;

import io.smallrye.config.WithDefault;

/** Where and how exactly a service computes. */
public interface NetworkConfig extends DeviceConfig {
    /**
     * Number format of the networks: {@code auto} (fp32 on CPU, fp16 on CUDA), {@code fp32}, {@code bf16} or
     * {@code fp16}.
     */
    @WithDefault("${surstream.dtype:auto}")
    String dtype();
}
