/** The bytes of an item's image, from wherever they lie, within limits. */
package io.surstream.curator.fetch;
