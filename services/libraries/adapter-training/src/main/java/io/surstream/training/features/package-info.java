/** What the frozen networks say about prompts and images: computed once and kept on disk. */
package io.surstream.training.features;
