/** The SUR-adapter in inference: text states in, text states of the same shape out. */
package io.surstream.models.adapter;
