/** Adapters by channel and revision: fetched, verified, kept while batches use them, replaced between two batches. */
package io.surstream.encoder.adapters;
