/** CLIP's text encoder: token ids to hidden states. */
package io.surstream.models.text;
