/** Sentences: written by a captioner where none is given, and compared with the image. */
package io.surstream.curator.text;
