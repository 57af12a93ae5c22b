/** Golden cases, run by our networks: the named tensors that a case expects. */
package io.surstream.models.parity;
