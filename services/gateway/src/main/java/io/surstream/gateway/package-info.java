/** The gateway: REST, server-sent events and a web page in front of the topics. */
package io.surstream.gateway;
