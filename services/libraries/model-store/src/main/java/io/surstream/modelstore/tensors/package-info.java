/** Tensors in events: inline, or by reference into object storage. */
package io.surstream.modelstore.tensors;
