/**
 * Prompt to image in stages that are plain values in and out: embed, denoise, decode, write; and the rules for
 * settings.
 */
package io.surstream.models.pipeline;
