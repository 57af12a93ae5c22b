/** The state of an item on its way, and iterators that take it there, in parallel and in order. */
package io.surstream.curator.flow;
