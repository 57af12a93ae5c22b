/** The plain sentence of an image, where the source gives none. */
package io.surstream.curator.caption;
