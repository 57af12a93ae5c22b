/** Makes the playground's CLIP tokenizer files from the words of its captions. */
package io.surstream.playground.tokenizer;
