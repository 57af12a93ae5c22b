package io.surstream.streaming;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;

/** One thing that a Kafka user may do, from any host; in Kafka's own words. */
public record AccessGrant(ResourcePattern resource, AclOperation operation) {}
