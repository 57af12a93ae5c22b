/** First stage: the images of many prompts, drawn in batches with or without an adapter. */
package io.surstream.evaluation.paint;
