package io.surstream.platformsetup.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.minio.Signer;
import io.minio.Time;
import io.minio.Utils;
import io.minio.errors.MinioException;
import io.surstream.contract.Sha256;
import io.surstream.storage.MinioConnection;
import io.surstream.storage.S3Call;
import io.surstream.storage.StoreMeters;
import io.surstream.storage.StoreOperation;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The few requests of MinIO's admin API (version 3) that accounts need. Requests are signed as those of S3; a request with a secret
 * is sealed besides. One thread. Closes its connections.
 */
final class MinioAdmin implements AutoCloseable {
    private static final String PATH = "minio/admin/v3";
    private static final Set<String> ABSENT = Set.of("XMinioAdminNoSuchUser", "XMinioAdminNoSuchPolicy");
    private static final MediaType OPAQUE = MediaType.get("application/octet-stream");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoreSettings admin;
    private final OkHttpClient http;
    private final S3Call call;

    /** The store is no MinIO server, or one without this API. */
    static final class NoAdminApiException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAdminApiException(StoreSettings settings, int status) {
            super("the store at " + settings.endpoint() + " has no admin API: it answers " + status);
        }
    }

    /**
     * The state of an account.
     *
     * @param policies by their names
     */
    record User(boolean enabled, Set<String> policies) {}

    /** @param json missing where the body is none */
    private record Answer(int status, JsonNode json) {}

    MinioAdmin(StoreSettings admin) {
        this.admin = admin;
        this.http = MinioConnection.http(admin);
        this.call = new S3Call(admin, new StoreMeters(new CompositeMeterRegistry()));
    }

    /**
     * Documents by the policies' names.
     *
     * @throws NoAdminApiException when the store does not know the question
     * @throws StoreRefusedException when the account is not an administrator's
     */
    Map<String, JsonNode> policies() {
        Map<String, JsonNode> policies = new LinkedHashMap<>();
        ok(send("GET", url("list-canned-policies"), new byte[0]))
                .properties()
                .forEach(policy -> policies.put(policy.getKey(), policy.getValue()));
        return policies;
    }

    /** Makes a policy, or replaces one. */
    void put(StorePolicy policy) {
        HttpUrl url = url("add-canned-policy", "name", policy.name());
        ok(send("PUT", url, bytes(policy.document())));
    }

    Optional<User> find(String accessKey) {
        Answer answer = send("GET", url("user-info", "accessKey", accessKey), new byte[0]);
        if (ABSENT.contains(answer.json().path("Code").asText())) {
            return Optional.empty();
        }
        JsonNode user = ok(answer);
        String policies = user.path("policyName").asText();
        return Optional.of(new User(
                "enabled".equals(user.path("status").asText()),
                policies.isEmpty() ? Set.of() : Set.of(policies.split(","))));
    }

    /** Makes an account, or gives it this secret; either way it is enabled. */
    void put(String accessKey, String secretKey) {
        ObjectNode user = JSON.createObjectNode().put("secretKey", secretKey).put("status", "enabled");
        ok(send("PUT", url("add-user", "accessKey", accessKey), AdminCipher.seal(admin.secretKey(), bytes(user))));
    }

    /** Gives an account a policy, beside those that it has. */
    void attach(String policy, String accessKey) {
        ObjectNode request = JSON.createObjectNode();
        request.putArray("policies").add(policy);
        request.put("user", accessKey);
        ok(send("POST", url("idp/builtin/policy/attach"), AdminCipher.seal(admin.secretKey(), bytes(request))));
    }

    private HttpUrl url(String operation, String... query) {
        HttpUrl.Builder url = HttpUrl.get(admin.endpoint().toString())
                .newBuilder()
                .addPathSegments(PATH)
                .addPathSegments(operation);
        for (int i = 0; i < query.length; i += 2) {
            url.addEncodedQueryParameter(query[i], Utils.encode(query[i + 1]));
        }
        return url.build();
    }

    private Answer send(String method, HttpUrl url, byte[] body) {
        return call.send(StoreOperation.MANAGE_ACCOUNTS, "", () -> exchange(method, url, body));
    }

    private Answer exchange(String method, HttpUrl url, byte[] body) throws MinioException, IOException {
        String digest = Sha256.of(body);
        Request request = new Request.Builder()
                .url(url)
                .method(method, method.equals("GET") ? null : RequestBody.create(body, OPAQUE))
                .header("Host", host(url))
                .header("x-amz-date", Time.AMZ_DATE_FORMAT.format(ZonedDateTime.now(Time.UTC)))
                .header("x-amz-content-sha256", digest)
                .build();
        Request signed = Signer.signV4S3(request, admin.region(), admin.accessKey(), admin.secretKey(), digest);
        try (Response response = http.newCall(signed).execute()) {
            if (response.code() >= 500 && response.code() != 501) {
                // As a server that is just starting; worth another attempt.
                throw new IOException("it answers " + response.code());
            }
            return new Answer(response.code(), json(response.body().bytes()));
        }
    }

    private static String host(HttpUrl url) {
        boolean standard = url.port() == HttpUrl.defaultPort(url.scheme());
        return standard ? url.host() : url.host() + ':' + url.port();
    }

    /** A store that is no MinIO server answers in XML. Some answers are sealed, and none of those is looked at. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode ok(Answer answer) {
        if (answer.status() / 100 == 2) {
            return answer.json();
        }
        String code = answer.json().path("Code").asText();
        if (code.isEmpty()) {
            throw new NoAdminApiException(admin, answer.status());
        }
        String hint = answer.status() == 403 ? "; sign in as an administrator of the store" : "";
        throw new StoreRefusedException(
                "the store at " + admin.endpoint() + " refused to let " + admin.accessKey() + " manage accounts: "
                        + code + ", " + answer.json().path("Message").asText() + hint,
                null);
    }

    private static byte[] bytes(JsonNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
