package io.surstream.embedded;

import java.io.IOException;
import java.net.URI;
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
    private final FolderLock folder;

    private EmbeddedS3(S3Proxy proxy, EmbeddedS3Settings settings, URI endpoint, FolderLock folder) {
        this.folder = folder;
        this.proxy = proxy;
        this.settings = settings;
        this.endpoint = endpoint;
    }

    /**
     * Starts the store and returns when it serves clients; about 0.7 s.
     *
     * @throws FolderInUseException when another store has the folder
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
            FolderLock folder = FolderLock.take(settings.dataDir());
            try {
                S3Proxy proxy = listening.apply(builder(settings)).build();
                proxy.start();
                URI endpoint = proxy.getPort() > 0
                        ? URI.create("http://127.0.0.1:" + proxy.getPort())
                        : URI.create("https://127.0.0.1:" + proxy.getSecurePort());
                return new EmbeddedS3(proxy, settings, endpoint, folder);
            } catch (Exception e) {
                folder.close();
                throw e;
            }
        } catch (FolderInUseException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedStartException(
                    "the embedded S3 store (data " + settings.dataDir() + ", port " + settings.port()
                            + ") did not start: " + e.getMessage()
                            + "; choose a folder that can be written and a port that is free (0 takes any)",
                    e);
        }
    }

    private static S3Proxy.Builder builder(EmbeddedS3Settings settings) throws IOException {
        Path folder = settings.dataDir().toRealPath();
        return S3Proxy.builder()
                .blobStore(new WholeObjects(new FilesystemNio2BlobStore(folder.toString())))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, settings.accessKey(), settings.secretKey())
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(16);
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
        } finally {
            folder.close();
        }
    }
}
