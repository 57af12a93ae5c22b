/** Third stage: a dataset's examples with their teacher vectors. */
package io.surstream.trainer.assemble;
