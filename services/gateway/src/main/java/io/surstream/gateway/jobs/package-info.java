/** The job view: facts on five topics folded into one state a job, by a pure reducer inside a Kafka Streams topology. */
package io.surstream.gateway.jobs;
