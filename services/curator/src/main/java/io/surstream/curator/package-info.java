/** Datasets for the adapter: the stages put together, and their life as a service. */
package io.surstream.curator;
