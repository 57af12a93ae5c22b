/** Examples and teacher embeddings to adapter checkpoints: assembly, life cycle, health. */
package io.surstream.trainer;
