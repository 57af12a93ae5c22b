/** TensorBoard event files. */
package io.surstream.trainer.board;
