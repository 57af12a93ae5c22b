package io.surstream.evaluator.promote;

/** How far a better checkpoint goes by itself. */
public enum PromotionMode {
    OFF,
    CANARY,
    LIVE
}
