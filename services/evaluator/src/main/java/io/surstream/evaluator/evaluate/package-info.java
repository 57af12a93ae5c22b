/** Third stage: images without and with the adapter, compared. */
package io.surstream.evaluator.evaluate;
