/** Container images of the services: what is in them, how their process starts, and how they are written, without a Docker daemon. */
package io.surstream.images;
