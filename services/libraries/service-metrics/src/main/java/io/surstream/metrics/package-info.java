/**
 * Every SurStream metric under one convention, the parts of its work as spans, and the meters that every process has.
 */
package io.surstream.metrics;
