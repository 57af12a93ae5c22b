package io.surstream.evaluation.statistics;

/** A 95 % interval. */
public record Interval(double lower, double upper) {}
