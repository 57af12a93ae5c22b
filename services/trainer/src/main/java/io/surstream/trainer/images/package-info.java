/** An example's image: from bytes of any sort to pixels, within limits. */
package io.surstream.trainer.images;
