/** Who may call which gRPC method: the table, the settings that name callers, and the check of each call. */
package io.surstream.access;
