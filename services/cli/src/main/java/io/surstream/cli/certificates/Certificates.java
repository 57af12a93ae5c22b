package io.surstream.cli.certificates;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.ServiceName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For one machine and for tries: a cluster has cert-manager. */
@Command(
        name = "certificates",
        mixinStandardHelpOptions = true,
        description = {
            "Create a private certificate authority and certificates for TLS.",
            "One for each service, for Kafka, the store, and a caller of each role.",
            "Repeated into the same folder, it reissues them with the same authority."
        })
public final class Certificates implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final int MOST_DAYS = 3650;

    @Spec
    CommandSpec command;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder; created if it is missing.")
    Path out;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Validity of the certificates (default: ${DEFAULT-VALUE}). The authority: ten years.")
    int days = 365;

    @Option(
            names = "--gateway",
            paramLabel = "HOST",
            description = "An additional host name of the gateway; may be repeated.")
    List<String> gatewayNames = List.of();

    @Parameters(
            paramLabel = "NAME",
            description = "Services and callers to issue certificates for, for example alice (default: all).")
    List<String> names = List.of();

    @Override
    public Integer call() {
        if (days < 1 || days > MOST_DAYS) {
            throw new CommandFailedException("--days must be 1.." + MOST_DAYS + " but is " + days);
        }
        names.forEach(Certificates::check);
        gatewayNames.forEach(Certificates::check);
        AuthorityFolder folder = AuthorityFolder.open(out);
        List<Holder> holders = names.isEmpty()
                ? Holder.deployment()
                : names.stream().map(Holder::named).toList();
        holders.forEach(holder -> folder.issue(
                holder,
                holder.name().equals(ServiceName.GATEWAY.label()) ? gatewayNames : List.of(),
                Duration.ofDays(days)));
        PrintWriter words = command.commandLine().getOut();
        words.printf(
                "%s: %s%n", out.resolve("ca.crt"), folder.isNew() ? "a new authority" : "the authority, as it was");
        holders.forEach(holder -> words.printf("%s: tls.crt, tls.key, tls.pem, ca.crt%n", out.resolve(holder.name())));
        words.printf(
                "Keep %s private: anyone who has it can issue certificates for any name.%n", out.resolve("ca.key"));
        words.flush();
        return 0;
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailedException(
                    "'" + name + "' is no name for a certificate: letters, digits, dots and hyphens, as in host names");
        }
    }
}
