package io.surstream.evaluation.measure;

import io.surstream.evaluation.paint.PaintRequest;

/**
 * One picture to ask for and what it should show.
 *
 * @param <E> what the scorer compares a picture with
 */
public record EvaluationTask<E>(PaintRequest request, E expected) {}
