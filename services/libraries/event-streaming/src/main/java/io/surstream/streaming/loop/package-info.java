/**
 * What every worker shares: its poll loop, reconnection, liveness, meters and drain. Services use {@link EventWorker} and
 * {@link WorkerDefinition}; the rest is public only for this module's other packages.
 */
package io.surstream.streaming.loop;
