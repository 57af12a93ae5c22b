/** The edge to HTTP: resources, event streams, documents. */
package io.surstream.gateway.rest;
