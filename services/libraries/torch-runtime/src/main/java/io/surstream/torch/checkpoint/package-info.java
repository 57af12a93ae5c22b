/** A checkpoint of any supported format: opened, or listed without loading. */
package io.surstream.torch.checkpoint;
