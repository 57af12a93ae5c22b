/** TensorBoard event files. */
package io.surstream.trainer.tensorboard;
