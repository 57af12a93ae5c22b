package io.surstream.embedded;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 store in this JVM, path-style, on 127.0.0.1, without encryption unless a key is given, objects as files on disk. Conditional put,
 * range, list, multipart and presigned URLs work; bucket policy, lifecycle, versioning and notifications do not exist.
 * {@link #close()} may be called from any thread.
 */
public final class EmbeddedS3 implements AutoCloseable {

    private final S3Proxy proxy;
    private final EmbeddedS3Settings settings;
    private final URI endpoint;

    private EmbeddedS3(S3Proxy proxy, EmbeddedS3Settings settings, URI endpoint) {
        this.proxy = proxy;
        this.settings = settings;
        this.endpoint = endpoint;
    }

    /**
     * Starts the store and returns when it serves clients; about 0.7 s.
     *
     * @throws EmbeddedStartException when the folder cannot be written or the port is taken
     */
    public static EmbeddedS3 start(EmbeddedS3Settings settings) {
        return start(settings, proxy -> proxy.endpoint(URI.create("http://127.0.0.1:" + settings.port())));
    }

    /**
     * The same with TLS.
     *
     * @param keystore PKCS12 with the store's certificate
     */
    public static EmbeddedS3 start(EmbeddedS3Settings settings, Path keystore, String password) {
        return start(settings, proxy -> proxy.secureEndpoint(URI.create("https://127.0.0.1:" + settings.port()))
                .keyStore(keystore.toString(), password));
    }

    private static EmbeddedS3 start(EmbeddedS3Settings settings, UnaryOperator<S3Proxy.Builder> listening) {
        try {
            Files.createDirectories(settings.dataDir());
            S3Proxy proxy = listening
                    .apply(S3Proxy.builder()
                            .blobStore(new WholeObjects(new FilesystemNio2BlobStore(
                                    settings.dataDir().toRealPath().toString())))
                            .awsAuthentication(
                                    AuthenticationType.AWS_V2_OR_V4, settings.accessKey(), settings.secretKey())
                            .ignoreUnknownHeaders(true)
                            .jettyMaxThreads(16))
                    .build();
            proxy.start();
            URI endpoint = proxy.getPort() > 0
                    ? URI.create("http://127.0.0.1:" + proxy.getPort())
                    : URI.create("https://127.0.0.1:" + proxy.getSecurePort());
            return new EmbeddedS3(proxy, settings, endpoint);
        } catch (Exception e) {
            throw new EmbeddedStartException(
                    "the embedded S3 store (data " + settings.dataDir() + ", port " + settings.port()
                            + ") did not start: " + e.getMessage()
                            + "; choose a folder that can be written and a port that is free (0 takes any)",
                    e);
        }
    }

    /** For path-style clients, without a trailing slash. */
    public URI endpoint() {
        return endpoint;
    }

    public String accessKey() {
        return settings.accessKey();
    }

    public String secretKey() {
        return settings.secretKey();
    }

    /** Stops the store; requests under way are given a moment to end. */
    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 store did not stop: " + e.getMessage(), e);
        }
    }
}
