package io.surstream.it.tls;

import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.testsupport.secured.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Everything by TLS, as {@code deploy/compose.tls.yaml} has it: a broker that asks for certificates, a store, and services as
 * processes with that file's variables, which ask their gRPC callers for certificates.
 */
final class TlsDeployment implements AutoCloseable {
    private final Path folder;
    private final TestCertificates certificates;
    private final ComposeBroker kafka;
    private final EmbeddedS3 s3;
    private final List<ServiceProcess> processes = new ArrayList<>();

    TlsDeployment(Path folder) throws IOException {
        this.folder = folder;
        this.certificates = TestCertificates.in(folder.resolve("ca"));
        this.kafka = ComposeBroker.start(folder.resolve("kafka"), mounted("kafka"));
        TestCertificates.Identity store = certificates.issue("minio");
        this.s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")), store.keystore(), store.password());
    }

    TestCertificates certificates() {
        return certificates;
    }

    /** Starts a service and returns at once. */
    ServiceProcess start(String service) throws IOException {
        return start(service, environment(service));
    }

    ServiceProcess start(String service, Map<String, String> environment) {
        ServiceProcess process = ServiceProcess.start(service, addresses(), environment);
        processes.add(process);
        return process;
    }

    /** Variables of the service as Compose sets them. */
    Map<String, String> environment(String service) throws IOException {
        return ComposeTls.environment(service, mounted(service));
    }

    /** A new certificate in a folder with the files that {@code surstream certificates} makes. */
    private Path mounted(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve("mounted").resolve(name));
        TestCertificates.Identity identity = certificates.issue(name);
        Files.writeString(own.resolve("tls.crt"), Files.readString(identity.certificate()));
        Files.writeString(own.resolve("tls.key"), Files.readString(identity.key()));
        Files.writeString(own.resolve("tls.pem"), Files.readString(identity.both()));
        Files.writeString(own.resolve("ca.crt"), Files.readString(certificates.authority()));
        return own;
    }

    /** Of this machine, over those of Compose's network. */
    private Map<String, String> addresses() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "surstream.kafka.bootstrap-servers", kafka.door(),
                "surstream.storage.endpoint", s3.endpoint().toString(),
                "surstream.storage.access-key", s3.accessKey(),
                "surstream.storage.secret-key", s3.secretKey(),
                "surstream.model", TestModel.REFERENCE,
                "surstream.threads", "1",
                "surstream.encoder.adapter-folder", folder.resolve("adapters").toString(),
                "surstream.evaluator.adapter-folder", folder.resolve("adapters").toString(),
                "surstream.trainer.work", folder.resolve("work").toString()));
        settings.put("quarkus.http.ssl-port", "${quarkus.http.port}");
        return settings;
    }

    void awaitReady(ServiceProcess process) {
        Awaitility.await("it is ready, as a probe without a certificate sees it")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .failFast("the service ended", () -> !process.isAlive())
                .until(() -> TlsCaller.get(certificates, process.port(), "/q/health/ready")
                                .statusCode()
                        == 200);
    }

    /** Somebody by this name, with a certificate of the house's authority. */
    TlsCaller caller(String name, ServiceProcess process) {
        return TlsCaller.showing(certificates.issue(name), certificates, process.port());
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::terminate);
        processes.forEach(ServiceProcess::close);
        s3.close();
        kafka.close();
    }
}
