package io.surstream.platformsetup.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.surstream.storage.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** As much of a MinIO server as managing accounts needs: policies, users, and listings that look whether a secret is the right one. */
final class FakeAdminApi implements AutoCloseable {
    static final String ADMIN = "root";
    static final String SECRET = "root-secret";

    final Map<String, JsonNode> policies = new TreeMap<>();
    final Map<String, ObjectNode> users = new TreeMap<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;

    FakeAdminApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    StoreSettings settings() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return StoreSettings.of(endpoint, ADMIN, SECRET, "house").withAttempts(1, java.time.Duration.ZERO);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(new String(body, StandardCharsets.ISO_8859_1));
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String name = query.substring(query.indexOf('=') + 1);
        try {
            switch (path.replace("/minio/admin/v3/", "")) {
                case "list-canned-policies" -> send(exchange, 200, json.writeValueAsString(policies));
                case "add-canned-policy" -> {
                    policies.put(name, json.readTree(body));
                    send(exchange, 200, "");
                }
                case "user-info" -> sendUser(exchange, name);
                case "add-user" -> {
                    ObjectNode user = (ObjectNode) json.readTree(open(body));
                    users.computeIfAbsent(name, none -> json.createObjectNode().put("policyName", ""))
                            .setAll(user);
                    send(exchange, 200, "");
                }
                case "idp/builtin/policy/attach" -> {
                    JsonNode request = json.readTree(open(body));
                    attach(
                            users.get(request.get("user").asText()),
                            request.at("/policies/0").asText());
                    send(exchange, 200, "sealed");
                }
                default -> send(exchange, 403, "<Error><Code>" + code(exchange) + "</Code></Error>");
            }
        } catch (GeneralSecurityException e) {
            send(exchange, 400, "{\"Code\":\"XMinioConfigError\",\"Message\":\"" + e.getMessage() + "\"}");
        }
    }

    private void sendUser(HttpExchange exchange, String name) throws IOException {
        if (users.containsKey(name)) {
            send(exchange, 200, users.get(name).toString());
        } else {
            send(exchange, 404, "{\"Code\":\"XMinioAdminNoSuchUser\",\"Message\":\"no such user\"}");
        }
    }

    private static void attach(ObjectNode user, String policy) {
        TreeSet<String> all =
                new TreeSet<>(Arrays.asList(user.path("policyName").asText().split(",")));
        all.add(policy);
        all.remove("");
        user.put("policyName", String.join(",", all));
    }

    /** Any other request is somebody's listing; the secrets that this server takes end with "right". */
    private String code(HttpExchange exchange) {
        String signer =
                exchange.getRequestHeaders().getFirst("Authorization").replaceFirst(".*Credential=([^/]*)/.*", "$1");
        return users.get(signer).path("secretKey").asText().endsWith("right")
                ? "AccessDenied"
                : "SignatureDoesNotMatch";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", body.startsWith("<") ? "application/xml" : "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The other side of {@link AdminCipher}. */
    private static byte[] open(byte[] sealed) throws GeneralSecurityException {
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] salt = new byte[32];
        parts.get(salt);
        if (parts.get() != 2) {
            throw new GeneralSecurityException("not sealed by PBKDF2 and AES");
        }
        byte[] nonce = new byte[8];
        parts.get(nonce);
        byte[] fragment = new byte[parts.remaining()];
        parts.get(fragment);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(SECRET.toCharArray(), salt, 8192, 256))
                .getEncoded();
        byte[] head = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0).doFinal();
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, 1);
        cipher.updateAAD(new byte[] {(byte) 0x80});
        cipher.updateAAD(head);
        return cipher.doFinal(fragment);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, int number) throws GeneralSecurityException {
        byte[] whole = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(nonce)
                .putInt(number)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, whole));
        return cipher;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
