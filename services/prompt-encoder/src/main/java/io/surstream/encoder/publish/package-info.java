/** Third stage: results as events. */
package io.surstream.encoder.publish;
