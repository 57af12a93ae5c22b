/** Whether bytes are a picture to train on, and their normal form. */
package io.surstream.curator.inspect;
