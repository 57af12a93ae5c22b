/** Whether sentence and image fit. */
package io.surstream.curator.similarity;
