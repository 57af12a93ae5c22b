/** What becomes of a record that no worker can handle. */
package io.surstream.streaming.deadletter;
