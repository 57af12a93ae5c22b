/** All services in one JVM, together with an embedded Kafka broker and S3 store whose data survive a restart. */
package io.surstream.standalone;
