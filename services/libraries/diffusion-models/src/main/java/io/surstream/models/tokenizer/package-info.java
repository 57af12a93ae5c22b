/** CLIP's tokenizer: text to token ids, exactly as the reference library does it. */
package io.surstream.models.tokenizer;
