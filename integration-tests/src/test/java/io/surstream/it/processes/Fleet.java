package io.surstream.it.processes;

import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.testsupport.secured.FreePorts;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/**
 * Every service as a process of its own, any number of each, against Apache Kafka and an S3 store ({@link StoreServer#in}), each in
 * one more process. Services and commands sign in to Kafka under their own names, with the rights that {@code surstream bootstrap} gives
 * them, and to the store where it has accounts. One thread changes it; any thread may ask which processes there
 * are, and run commands.
 */
public final class Fleet implements Installation, AutoCloseable {
    private static final Duration PLATFORM_LIMIT = Duration.ofMinutes(2);

    private final Path data;
    private final Map<String, String> settings;
    private final KafkaProcess broker;
    private final StoreServer storeServer;
    private final Map<String, List<ServiceProcess>> services = new ConcurrentHashMap<>();
    private int started;
    private KafkaEdge kafka;
    private ObjectStore store;

    /**
     * Starts nothing yet.
     *
     * @param data of Kafka, the store and the services
     * @param settings of all services
     */
    public Fleet(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = settings;
        this.broker = new KafkaProcess(data.resolve("kafka"), TestCertificates.in(data.resolve("ca")));
        this.storeServer = StoreServer.in(data.resolve("s3"));
        // Into the log of the build, which shows nothing that is logged below a warning.
        System.out.println("The store of this fleet: " + storeServer.description());
    }

    /** Starts Kafka and the store, and returns at once. */
    public void startPlatform() {
        broker.start();
        storeServer.start();
    }

    /** Waits until both answer, then gives them what services need there before they are ready, as an administrator does. */
    public void awaitPlatform() {
        try (Admin admin = Admin.create(login().as(KafkaProcess.ADMINISTRATOR))) {
            Awaitility.await("Kafka answers")
                    .atMost(PLATFORM_LIMIT)
                    .ignoreExceptions()
                    .until(() -> !admin.describeCluster().nodes().get().isEmpty());
        }
        Awaitility.await("the store answers")
                .atMost(PLATFORM_LIMIT)
                .ignoreExceptions()
                .until(() -> store().find("nothing").isEmpty());
        Map<String, String> environment = environment(KafkaProcess.ADMINISTRATOR, storeServer.address());
        storeServer.secrets().forEach((user, secret) -> environment.put(accountVariable(user), secret));
        SurstreamCommand.run(
                environment,
                storeServer.secrets().isEmpty() ? List.of("bootstrap") : List.of("bootstrap", "--accounts"));
    }

    private static String accountVariable(String user) {
        return "SURSTREAM_BOOTSTRAP_ACCOUNTS_" + user.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET_KEY";
    }

    /** How a service or command reaches Kafka and the store. */
    private Map<String, String> environment(String user, StorageAddress storage) {
        Map<String, String> all = new HashMap<>(broker.door().environment(user));
        all.putAll(storage.environment());
        return all;
    }

    /** Kafka dies, the store stops, and all they had is gone. Services must be stopped. */
    public void losePlatform() {
        closeEdges();
        broker.lose();
        storeServer.lose();
    }

    /** Starts one more process of a service and returns at once. */
    public ServiceProcess add(String service) {
        return add(service, FreePorts.one());
    }

    private ServiceProcess add(String service, int port) {
        String instance = service + "-" + ++started;
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("surstream.model", TestModel.REFERENCE, "surstream.threads", "1"));
        for (String user : List.of("encoder", "evaluator")) {
            all.put(
                    "surstream." + user + ".adapter-folder",
                    data.resolve("adapters").toString());
        }
        all.put("surstream.trainer.work", data.resolve("work-" + instance).toString());
        all.put("surstream.kafka.instance", instance);
        ServiceProcess process =
                ServiceProcess.start(service, port, all, environment(service, storeServer.account(service)));
        services.computeIfAbsent(service, none -> new CopyOnWriteArrayList<>()).add(process);
        return process;
    }

    /** The processes of a service, oldest first. */
    public List<ServiceProcess> all(String service) {
        return services.getOrDefault(service, List.of());
    }

    public void awaitReady() {
        services.values().stream().flatMap(Collection::stream).forEach(ServiceProcess::awaitReady);
    }

    /** Starts or stops processes of a service until there are so many; returns when they are ready, or have ended. */
    public void scale(String service, int count) {
        while (all(service).size() < count) {
            add(service);
        }
        all(service).forEach(ServiceProcess::awaitReady);
        List<ServiceProcess> leaving =
                new ArrayList<>(all(service).subList(0, all(service).size() - count));
        leaving.forEach(ServiceProcess::terminate);
        leaving.forEach(process -> retire(service, process));
    }

    /**
     * Has so many processes of each of these services, and none of any other, whatever a failed scenario has left; returns when they
     * are ready.
     */
    public void arrange(Map<String, Integer> counts) {
        services.values().forEach(processes -> processes.removeIf(process -> !process.isAlive()));
        stop(services.keySet().stream()
                .filter(service -> !counts.containsKey(service))
                .toList());
        counts.forEach((service, count) -> {
            while (all(service).size() < count) {
                add(service);
            }
        });
        counts.forEach(this::scale);
    }

    /** Replaces every process of a service, one after the other, as Kubernetes does: the new one is ready before the old one stops. */
    public void roll(String service) {
        for (ServiceProcess old : List.copyOf(all(service))) {
            add(service).awaitReady();
            old.terminate();
            retire(service, old);
        }
    }

    /** Replaces every process of a service, one after the other, at its own address: the new one starts when the old one has ended. */
    public void restart(String service) {
        for (ServiceProcess old : List.copyOf(all(service))) {
            old.terminate();
            retire(service, old);
            add(service, old.port()).awaitReady();
        }
    }

    /** It stays in the list until it has ended: whoever calls it has to see by its readiness that it leaves. */
    private void retire(String service, ServiceProcess process) {
        int exit = process.awaitEnd();
        services.get(service).remove(process);
        // A JVM that SIGTERM ended in order says 143.
        if (exit != 0 && exit != 143) {
            throw new AssertionError(process.name() + " ended with " + exit + ":\n" + process.output());
        }
    }

    /** Stops all processes of these services at once. */
    public void stop(Collection<String> leaving) {
        leaving.forEach(service -> all(service).forEach(ServiceProcess::terminate));
        leaving.forEach(service -> List.copyOf(all(service)).forEach(process -> retire(service, process)));
    }

    /** How anybody else signs in to Kafka. */
    public KafkaLogin login() {
        return broker.door();
    }

    /** Every password and secret key that is in use here. */
    public Set<String> secrets() {
        Set<String> all = new HashSet<>(storeServer.secrets().values());
        all.add(storeServer.address().secretKey());
        KafkaProcess.users().forEach(user -> all.add(SecuredKafka.password(user)));
        return all;
    }

    @Override
    public KafkaEdge kafka() {
        if (kafka == null) {
            kafka = new KafkaEdge(login());
        }
        return kafka;
    }

    /** {@inheritDoc} As who makes backups, and so reads everything. */
    @Override
    public TopicReader topic(String name) {
        return new TopicReader(login().as("backup"), "surstream." + name);
    }

    @Override
    public ObjectStore store() {
        if (store == null) {
            store = new MinioObjectStore(storeServer.address().bucket("surstream"));
        }
        return store;
    }

    /** {@inheritDoc} That is an operator, or who has the role of this name; an import goes to the curator. */
    @Override
    public String command(String... arguments) {
        String user = List.of("backup", "restore").contains(arguments[0]) ? arguments[0] : "operator";
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("dataset")) {
            all.addAll(List.of("--address", "127.0.0.1:" + all("curator").get(0).port()));
        }
        return SurstreamCommand.run(environment(user, storeServer.account(user)), all);
    }

    private void closeEdges() {
        if (kafka != null) {
            kafka.close();
        }
        if (store != null) {
            store.close();
        }
        kafka = null;
        store = null;
    }

    @Override
    public void close() {
        closeEdges();
        services.values().stream().flatMap(Collection::stream).forEach(ServiceProcess::terminate);
        services.values().stream().flatMap(Collection::stream).forEach(ServiceProcess::close);
        broker.stop();
        storeServer.stop();
    }
}
