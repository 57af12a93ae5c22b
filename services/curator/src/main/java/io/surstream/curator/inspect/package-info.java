/** Whether bytes are an image to train on, and their normal form. */
package io.surstream.curator.inspect;
