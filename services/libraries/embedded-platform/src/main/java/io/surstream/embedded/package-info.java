/** A Kafka broker and an S3 store inside this JVM, with their data on disk: the quick start and the tests. */
package io.surstream.embedded;
