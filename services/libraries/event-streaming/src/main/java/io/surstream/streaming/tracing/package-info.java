/**
 * Spans of records, W3C trace context in their headers, and the names of the work in log lines. Services use {@link LogContext}, {@link RecordSpan} and
 * {@link TraceContext}; the rest is public only for this module's other packages.
 */
package io.surstream.streaming.tracing;
