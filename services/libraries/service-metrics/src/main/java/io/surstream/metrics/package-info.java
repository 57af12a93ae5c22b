/** Every metric of the house under one convention, and the meters that every process has. */
package io.surstream.metrics;
