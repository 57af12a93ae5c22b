package io.surstream.evaluation.paint;

/** One image to draw; the same prompt and seed are asked of every way of drawing that is compared. */
public record PaintRequest(String prompt, long seed) {}
