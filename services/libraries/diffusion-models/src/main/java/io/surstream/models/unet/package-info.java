/** The denoising UNet: its config, the tensors it needs, and one forward. */
package io.surstream.models.unet;
