package io.surstream.metrics;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What a service does for a record or request, as spans: every name and attribute that is not a record's, a request's or an
 * object's. A part belongs to the trace that its thread works in; none starts one.
 */
public enum StageSpan {
    /** prompt-encoder: texts through the frozen text encoder. */
    CLIP,
    /** prompt-encoder: text states through one adapter. */
    ADAPTER,
    /** image-sampler: the text states of the event, read and checked. */
    TEXT_CONDITION,
    /** image-sampler: all steps of all images. */
    DENOISE,
    /** image-sampler: latents to PNG files. */
    DECODE,
    /** image-sampler: PNG files into the object store. */
    STORE,
    /** llm-teacher: sentences through the language model. */
    TEACHER;

    /** Texts, jobs or sentences that are worked on together. */
    public static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("surstream.batch.size");
    /** Denoising steps of one image. */
    public static final AttributeKey<Long> STEPS = AttributeKey.longKey("surstream.steps");
    /** Images of the job. */
    public static final AttributeKey<Long> IMAGES = AttributeKey.longKey("surstream.images");
    /** Pixels. */
    public static final AttributeKey<Long> HEIGHT = AttributeKey.longKey("surstream.height");
    /** Pixels. */
    public static final AttributeKey<Long> WIDTH = AttributeKey.longKey("surstream.width");
    /** Of the adapter. */
    public static final AttributeKey<String> REVISION = AttributeKey.stringKey("surstream.adapter.revision");

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** As collectors show it. */
    public String spanName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Works inside a span of this part; without one where the thread's own trace is not recorded. */
    public <V> V of(Attributes attributes, Supplier<V> work) {
        if (!Span.current().isRecording()) {
            return work.get();
        }
        Span span = GlobalOpenTelemetry.getTracer("io.surstream.stages")
                .spanBuilder(spanName())
                .setAllAttributes(attributes)
                .startSpan();
        Scope scope = span.makeCurrent();
        try (scope) {
            return work.get();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(ERROR_TYPE, e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }
}
