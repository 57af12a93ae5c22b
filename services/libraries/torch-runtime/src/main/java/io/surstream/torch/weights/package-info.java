/** Weights by name, and safetensors files, whole or in shards. */
package io.surstream.torch.weights;
