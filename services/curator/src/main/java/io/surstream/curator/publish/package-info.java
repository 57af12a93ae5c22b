/** Images by content into the store, examples as events. */
package io.surstream.curator.publish;
