/** The cluster: topics, settings of share groups, and what each service and role may do there. */
package io.surstream.platformsetup.kafka;
