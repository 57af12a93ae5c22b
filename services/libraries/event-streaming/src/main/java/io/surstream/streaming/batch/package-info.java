/**
 * Consumer-group workers: micro-batches, each in one transaction. Services use {@link BatchWorker}, {@link BatchHandler}, {@link BatchSettings} and
 * {@link RejectedEventsException}; the rest is public only for this module's other packages.
 */
package io.surstream.streaming.batch;
