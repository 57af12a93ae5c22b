/** Fourth stage: the run itself, step by step, to its end. */
package io.surstream.trainer.train;
