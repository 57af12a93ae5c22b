/** Between images and latents: AutoencoderKL and AutoencoderTiny. */
package io.surstream.models.vae;
