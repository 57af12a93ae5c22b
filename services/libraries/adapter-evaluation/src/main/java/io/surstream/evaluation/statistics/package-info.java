/** Paired statistics, intervals by resampling and the Fréchet distance; plain numbers in and out. */
package io.surstream.evaluation.statistics;
