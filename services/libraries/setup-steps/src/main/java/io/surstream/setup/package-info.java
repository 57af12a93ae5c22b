/** Steps that bring a cluster or a store to what it should be. */
package io.surstream.setup;
