package io.surstream.cli.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.kafka.ClusterSetup;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.platformsetup.store.AccountSetup;
import io.surstream.platformsetup.store.BucketSetup;
import io.surstream.platformsetup.store.StoreAccess;
import io.surstream.platformsetup.store.StoreAccount;
import io.surstream.platformsetup.store.StorePolicy;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes topics, rights, share groups' settings and the bucketthat are missing. */
@Command(
        name = "bootstrap",
        mixinStandardHelpOptions = true,
        description = {
            "Create topics, access control lists, share group settings, the bucket with its rules, and the store's accounts.",
            "You can repeat it. Settings of the cluster and the store are those of the services (SURSTREAM_KAFKA_…,",
            "SURSTREAM_STORAGE_…); the Kafka user must have the right to create and change all of it."
        },
        footer = {
            "",
            "Exit codes: 0 everything is correct, or was corrected; 1 something failed; 2 wrong usage;",
            "3 --dry-run found something to create or change."
        })
public final class Bootstrap implements Callable<Integer> {
    private static final int WOULD_CHANGE = 3;

    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Option(names = "--dry-run", description = "Only report what would be created or changed.")
    boolean dryRun;

    @Option(
            names = "--change-topics",
            description = "Also change existing topics: retention, cleanup, record size, timestamp type, "
                    + "and more partitions if no reader needs all records of a key in one place.")
    boolean changeTopics;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    @Option(names = "--skip-storage", description = "Do not touch the store.")
    boolean skipStorage;

    @Option(
            names = "--accounts",
            description = "Also create a policy and an account in the store (MinIO) for each service and role; "
                    + "the configured storage account must be an administrator's. Secrets come from "
                    + "SURSTREAM_BOOTSTRAP_ACCOUNTS_NAME_SECRET_KEY.")
    boolean accounts;

    @Option(
            names = "--models-bucket",
            paramLabel = "NAME",
            description = "Bucket from which services fetch models, if it is not the deployment's.")
    String modelsBucket;

    @Option(
            names = "--print-policies",
            description = "Only print the storage policies as one JSON object by service and role, "
                    + "for stores other than MinIO.")
    boolean printPolicies;

    @Option(
            names = "--principal",
            paramLabel = "NAME=PRINCIPAL",
            description = "Kafka principal of a service or role if it is not User:NAME, for example "
                    + "gateway=User:CN=gateway; repeatable.")
    Map<String, String> principals = Map.of();

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        if (printPolicies) {
            out.println(policies());
            out.flush();
            return 0;
        }
        Map<ServiceAccess, String> users = users();
        Map<StoreAccess, StoreAccount> wanted = accounts ? WantedAccounts.read() : Map.of();
        SetupReport report = new SetupReport(dryRun);
        RunningInstance instance = connection.resolve();
        try (ClusterSetup cluster = new ClusterSetup(connection.kafka(instance), connection.topics())) {
            report.look("Kafka", "topics and rights", () -> cluster.steps(users, changeTopics));
        }
        if (!skipStorage) {
            try (BucketSetup bucket = new BucketSetup(connection.storage(instance), connection.imageDays())) {
                store(report, bucket::steps);
            }
        }
        if (accounts && !skipStorage) {
            try (AccountSetup setup =
                    new AccountSetup(connection.storage(instance), Optional.ofNullable(modelsBucket))) {
                report.look("store", "accounts of the store", () -> setup.steps(wanted));
            }
        }
        out.print(json ? report.json() : report.text());
        out.flush();
        if (report.hasFailures()) {
            return 1;
        }
        return dryRun && report.hasOpenSteps() ? WOULD_CHANGE : 0;
    }

    private String policies() {
        ObjectNode policies = new ObjectMapper().createObjectNode();
        for (StoreAccess access : StoreAccess.values()) {
            policies.set(
                    access.user(),
                    StorePolicy.of(access, connection.bucket(Optional.empty()), Optional.ofNullable(modelsBucket))
                            .document());
        }
        return policies.toPrettyString();
    }

    /** What a bucket lacks is only known once it is there. */
    private void store(SetupReport report, Supplier<List<SetupStep>> steps) {
        String bucket = "bucket " + connection.bucket(Optional.empty());
        List<SetupStep> first = report.look("store", bucket, steps);
        boolean madeNow = !dryRun && first.size() == 1;
        if (madeNow) {
            report.look("store", bucket, () -> steps.get().stream().skip(1).toList());
        }
    }

    private Map<ServiceAccess, String> users() {
        Map<ServiceAccess, String> users = new EnumMap<>(ServiceAccess.class);
        principals.forEach((name, principal) -> users.put(
                ServiceAccess.of(name)
                        .orElseThrow(() -> new CommandFailedException("--principal names '" + name
                                + "', which is no service or role; the table in docs/operations/security.md has them")),
                principal.contains(":") ? principal : "User:" + principal));
        return users;
    }
}
