package io.surstream.sampler.store;

import io.surstream.contract.Sha256;
import io.surstream.v1.PromptEncoded;
import java.util.regex.Pattern;

/**
 * A job and what it asked for. A job id may come again with another request, for example once the job view has
 * forgotten the first; each request has its own images and result.
 *
 * @param jobId a valid one
 * @param request lower-case hex digits that name the request
 */
public record JobRequestId(String jobId, String request) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Enough to tell the requests of one job apart. */
    private static final int DIGITS = 16;

    /** @param event with a valid job id; the same event names the same request, however often it comes */
    public static JobRequestId of(PromptEncoded event) {
        String given = event.getRequestSha256();
        String digest = SHA256.matcher(given).matches()
                ? given
                : Sha256.of(event.getEncoded().toByteArray());
        return new JobRequestId(event.getJobId(), digest.substring(0, DIGITS));
    }

    String image(int index) {
        return folder() + index + ".png";
    }

    String result() {
        return folder() + "result.pb";
    }

    private String folder() {
        return "images/" + jobId + "/" + request + "/";
    }
}
