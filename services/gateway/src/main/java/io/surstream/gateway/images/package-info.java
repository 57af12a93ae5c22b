/** The edge to the object store: pictures out. */
package io.surstream.gateway.images;
