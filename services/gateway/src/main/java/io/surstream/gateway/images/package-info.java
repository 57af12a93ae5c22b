/** The edge to the object store: images out. */
package io.surstream.gateway.images;
