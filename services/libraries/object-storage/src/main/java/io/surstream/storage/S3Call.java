package io.surstream.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.surstream.retry.Backoff;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call that failed for the store's reasons, turns the client's errors into ours, and traces it. */
public final class S3Call {

    private static final Logger LOG = LoggerFactory.getLogger(S3Call.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Set<String> UNKNOWN = Set.of("NotImplemented", "MethodNotAllowed", "UnsupportedOperation");
    private static final Set<String> NOT_FOUND = Set.of("NoSuchKey", "NoSuchBucket", "ResourceNotFound");

    private static final AttributeKey<String> BUCKET = AttributeKey.stringKey("aws.s3.bucket");
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("aws.s3.key");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** One request. */
    public interface Request<V> {
        V send() throws MinioException, IOException;
    }

    private final StoreSettings settings;
    private final StoreMeters meters;
    private final Backoff backoff;

    public S3Call(StoreSettings settings, StoreMeters meters) {
        this.settings = settings;
        this.meters = meters;
        Duration first = settings.backoff();
        this.backoff = new Backoff(first, first.compareTo(LONGEST_WAIT) < 0 ? LONGEST_WAIT : first);
    }

    /** @throws StorageException for everything that goes wrong */
    public <V> V send(StoreOperation operation, String key, Request<V> request) {
        Span span = span(operation.verb(), key);
        Scope scope = span.makeCurrent();
        try (scope) {
            return meters.timed(operation, () -> repeated(operation.verb(), key, request));
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(ERROR_TYPE, e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** Part of the trace that this thread works in; no call starts its own trace. */
    private Span span(String what, String key) {
        if (!Span.current().getSpanContext().isValid()) {
            return Span.getInvalid();
        }
        return GlobalOpenTelemetry.getTracer("io.surstream.storage")
                .spanBuilder("object storage " + what)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(BUCKET, settings.bucket())
                .setAttribute(KEY, key)
                .startSpan();
    }

    private <V> V repeated(String what, String key, Request<V> request) {
        for (int attempt = 1; ; attempt++) {
            Exception failure;
            try {
                return request.send();
            } catch (MinioException | IOException e) {
                failure = e;
            } catch (IllegalStateException e) {
                // The client's wrapping of connection errors.
                failure = requireConnectionError(e);
            }
            ErrorResponseException answer = find(failure, ErrorResponseException.class);
            if (answer != null && !isStoresFault(answer)) {
                throw refusal(what, key, answer);
            }
            if (attempt == settings.attempts()) {
                throw new StoreUnavailableException(
                        "the store at " + settings.endpoint() + " could not " + what + place(key) + " in " + attempt
                                + " attempts: " + rootMessage(failure),
                        failure);
            }
            LOG.warn(
                    "attempt {} of {} to {}{} failed: {}",
                    attempt,
                    settings.attempts(),
                    what,
                    place(key),
                    rootMessage(failure));
            pause(attempt);
        }
    }

    /** True when the store does not know this kind of request at all. */
    public static boolean isUnknownToStore(StoreRefusedException refusal) {
        ErrorResponseException answer = find(refusal, ErrorResponseException.class);
        return answer != null && UNKNOWN.contains(answer.errorResponse().code());
    }

    /** True when the store knows the account, but not this secret key of it. */
    public static boolean isWrongSignature(StoreRefusedException refusal) {
        ErrorResponseException answer = find(refusal, ErrorResponseException.class);
        return answer != null
                && "SignatureDoesNotMatch".equals(answer.errorResponse().code());
    }

    /** True when the error says that an object is there already. */
    static boolean isPreconditionFailed(StoreRefusedException refusal) {
        ErrorResponseException answer = find(refusal, ErrorResponseException.class);
        return answer != null && answer.response().code() == 412;
    }

    private static IOException requireConnectionError(IllegalStateException wrapping) {
        if (wrapping.getCause() instanceof IOException connection) {
            return connection;
        }
        if (wrapping.getCause() instanceof CertificateException distrust) {
            return new SSLException("its certificate is not trusted", distrust);
        }
        throw wrapping;
    }

    private static boolean isStoresFault(ErrorResponseException answer) {
        int status = answer.response().code();
        // 409 is also the answer to racing conditional puts: the next attempt finds the winner's object.
        return status >= 500 && status != 501
                || status == 429
                || status == 408
                || "ConditionalRequestConflict".equals(answer.errorResponse().code());
    }

    private StorageException refusal(String what, String key, ErrorResponseException answer) {
        if (answer.response().code() == 404
                || NOT_FOUND.contains(answer.errorResponse().code())) {
            return new ObjectNotFoundException(settings.bucket(), key);
        }
        return new StoreRefusedException(
                "the store at " + settings.endpoint() + " refused to " + what + place(key) + ": "
                        + answer.errorResponse().code() + ", "
                        + answer.errorResponse().message(),
                answer);
    }

    private String place(String key) {
        return " s3://" + settings.bucket() + (key.isEmpty() ? "" : '/' + key);
    }

    private void pause(int attempt) {
        try {
            TimeUnit.NANOSECONDS.sleep(backoff.after(attempt).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the store at " + settings.endpoint(), e);
        }
    }

    private static <E extends Throwable> E find(Throwable error, Class<E> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
