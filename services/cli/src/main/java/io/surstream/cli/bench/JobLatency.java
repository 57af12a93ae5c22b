package io.surstream.cli.bench;

import io.surstream.contract.ServiceName;
import io.surstream.v1.StageTiming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of one job went, from the event's publication to its image's announcement. All milliseconds; clocks of
 * all stages are this machine's.
 */
final class JobLatency {
    private final Map<String, Double> parts = new LinkedHashMap<>();

    /**
     * @param submittedAtMillis when the client published
     * @param timings of prompt-encoder and image-sampler
     * @param announcedAtMillis when the client read {@code ImageSampled}
     */
    JobLatency(long submittedAtMillis, List<StageTiming> timings, long announcedAtMillis) {
        StageTiming encoder = stage(timings, ServiceName.PROMPT_ENCODER);
        StageTiming sampler = stage(timings, ServiceName.IMAGE_SAMPLER);
        parts.put("queue before encoder", between(submittedAtMillis, encoder.getReceivedAtMs()));
        parts.put("encoder", between(encoder.getReceivedAtMs(), encoder.getFinishedAtMs()));
        parts.put("queue before sampler", between(encoder.getFinishedAtMs(), sampler.getReceivedAtMs()));
        for (String part : List.of("denoise", "decode", "store")) {
            parts.put(part, sampler.getPartMicrosOrDefault(part, 0) / 1000.0);
        }
        parts.put("announce", between(sampler.getFinishedAtMs(), announcedAtMillis));
        double whole = between(submittedAtMillis, announcedAtMillis);
        parts.put("whole", whole);
        double networks = (encoder.getPartMicrosOrDefault("encode", 0)
                        + sampler.getPartMicrosOrDefault("denoise", 0)
                        + sampler.getPartMicrosOrDefault("decode", 0))
                / 1000.0;
        parts.put("overhead (whole - networks)", whole - networks);
    }

    /** Milliseconds by part, in the order of the pipeline. */
    Map<String, Double> parts() {
        return parts;
    }

    private static StageTiming stage(List<StageTiming> timings, ServiceName service) {
        return timings.stream()
                .filter(timing -> timing.getStage().equals(service.label()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the job carries no timing of stage " + service.label()));
    }

    private static double between(long from, long to) {
        return to - from;
    }
}
