/** Settings of the gateway, checked as a whole at start. */
package io.surstream.gateway.config;
