package io.surstream.evaluation.paint;

import io.surstream.models.adapter.SurAdapter;

/**
 * An adapter as it is used; the network stays its owner's to close.
 *
 * @param weight λ
 * @param both also adapts the negative prompt, as the published code does
 */
public record AppliedAdapter(SurAdapter network, double weight, boolean both) {}
