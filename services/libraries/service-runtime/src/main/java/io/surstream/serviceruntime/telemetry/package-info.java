/** Settings of traces and log lines. */
package io.surstream.serviceruntime.telemetry;
