package io.surstream.storage;

import io.minio.MinioClient;
import io.surstream.keys.KeyFile;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes the MinIO client for an endpoint, with or without TLS. */
public final class MinioConnection {
    private static final Duration TRANSFER_SILENCE = Duration.ofSeconds(60);

    private MinioConnection() {}

    /** Makes no connection yet. The caller closes it. */
    public static MinioClient open(StoreSettings settings) {
        MinioClient client = client(settings, settings.endpoint(), http(settings));
        // S3Call repeats; twice would be too often.
        client.setRetry(Set.of(), 0L, 1);
        return client;
    }

    /** A client that signs for the public endpoint and never connects: the region is known. The caller closes it. */
    static MinioClient signer(StoreSettings settings) {
        return client(settings, settings.publicEndpoint().orElse(settings.endpoint()), clearText());
    }

    private static MinioClient client(StoreSettings settings, URI endpoint, OkHttpClient http) {
        MinioClient.Builder builder = MinioClient.builder()
                .endpoint(endpoint.toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey());
        builder.httpClient(http, true);
        return builder.build();
    }

    /** Trusts the configured certificates. The caller closes it. */
    public static OkHttpClient http(StoreSettings settings) {
        if ("http".equals(settings.endpoint().getScheme())) {
            // Otherwise every trusted certificate is read, which takes longer than everything else.
            return clearText();
        }
        return settings.truststore()
                .map(KeyFile::trustManager)
                .map(MinioConnection::trusting)
                .orElseGet(() -> http().build());
    }

    private static OkHttpClient clearText() {
        return http().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    }

    private static OkHttpClient trusting(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return http().sslSocketFactory(context.getSocketFactory(), trust).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot speak TLS: " + e.getMessage(), e);
        }
    }

    private static OkHttpClient.Builder http() {
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(TRANSFER_SILENCE)
                .writeTimeout(TRANSFER_SILENCE);
    }
}
