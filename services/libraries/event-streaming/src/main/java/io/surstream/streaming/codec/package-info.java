/**
 * Event to record bytes and back, whatever envelope and format the record has. Services use {@link EventCodec} and {@link MalformedEventException}; the rest is
 * public only for this module's other packages.
 */
package io.surstream.streaming.codec;
