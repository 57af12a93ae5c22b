package io.surstream.evaluation.measure;

import io.surstream.evaluation.paint.PaintRequest;

/**
 * One image to ask for and what it should show.
 *
 * @param <E> what the scorer compares an image with
 */
public record EvaluationTask<E>(PaintRequest request, E expected) {}
