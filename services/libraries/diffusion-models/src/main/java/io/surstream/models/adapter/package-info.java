/** The SUR-adapter: text states in, text states of the same shape out; its losses, and its training through the frozen UNet. */
package io.surstream.models.adapter;
