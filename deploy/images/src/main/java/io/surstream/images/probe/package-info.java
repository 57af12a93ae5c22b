/** The health probe that every image carries: images without a shell have no curl. */
package io.surstream.images.probe;
