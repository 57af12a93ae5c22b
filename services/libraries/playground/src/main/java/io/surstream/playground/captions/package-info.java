/** What people say about a scene: exact keyword captions, and plain sentences in many phrasings. */
package io.surstream.playground.captions;
