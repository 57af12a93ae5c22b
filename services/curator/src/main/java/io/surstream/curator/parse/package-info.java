/** First stage: metadata of each kind of source, streamed, to items in one form. */
package io.surstream.curator.parse;
