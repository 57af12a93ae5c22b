/** A running deployment as the commands reach it: its addresses, and jobs over Kafka. */
package io.surstream.cli.remote;
