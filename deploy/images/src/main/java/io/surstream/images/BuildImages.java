package io.surstream.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the images of what is built, into a registry or into files, and prints each one's digest. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description =
                "Writes container images of the services that ./mvnw package has built; no Docker daemon is asked.")
public final class BuildImages implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    Destination destination;

    @Option(names = "--tag", paramLabel = "TAG", description = "Tag of all images (default: the version).")
    String tag;

    @Option(names = "--variant", description = "cpu or cuda (default: cpu); cuda's tags end with -cuda.")
    Variant variant = Variant.CPU;

    @Option(
            names = "--libtorch",
            paramLabel = "DIR",
            description = "For cuda: lib folder of libtorch 2.7.1 for CUDA 12.8, with NVIDIA's libraries in it.")
    Path libtorch;

    @Option(
            names = "--base",
            paramLabel = "NAME@DIGEST",
            description = "Base image with its digest; 'scratch' for a look at the layers without one.")
    String base = BaseImage.DEFAULT.reference();

    @Option(names = "--base-java", paramLabel = "N", description = "Java version of the base image (default: 17).")
    int baseJava = BaseImage.DEFAULT.java();

    @Option(names = "--revision", paramLabel = "COMMIT", description = "Commit, for the images' labels.")
    String revision = "";

    @Option(names = "--root", hidden = true, description = "The repository.")
    Path root = Path.of("").toAbsolutePath();

    @Parameters(arity = "0..*", paramLabel = "IMAGE", description = "Which images (default: all).")
    List<String> names = new ArrayList<>();

    static final class Destination {
        @Option(names = "--to", paramLabel = "REGISTRY/PREFIX", description = "Push to REGISTRY/PREFIX/NAME:TAG.")
        String registry;

        @Option(names = "--tar", paramLabel = "DIR", description = "Write DIR/NAME.tar, for docker load.")
        Path folder;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new BuildImages());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("images: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine;
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(root.resolve("deploy/images/target/work"));
        String version = Optional.ofNullable(BuildImages.class.getPackage().getImplementationVersion())
                .orElse("unknown");
        ImageFormat format = destination.registry == null ? ImageFormat.Docker : ImageFormat.OCI;
        ImagePlan plan = new ImagePlan(new BaseImage(base, baseJava), variant, version, revision, format);
        ImageLayers layers = new ImageLayers(root, work);
        for (ServiceImage image : chosen()) {
            String reference = reference(image, tag == null ? version : tag);
            JibContainer written = plan.of(image, layers.of(image, variant, Optional.ofNullable(libtorch)))
                    .containerize(target(image, reference)
                            .setToolName("surstream")
                            .setApplicationLayersCache(work.resolve("layers")));
            System.out.println(reference + " " + written.getDigest());
        }
        return CommandLine.ExitCode.OK;
    }

    private List<ServiceImage> chosen() {
        for (String name : names) {
            if (ServiceImage.ALL.stream().noneMatch(image -> image.name().equals(name))) {
                throw new IllegalArgumentException("there is no image \"" + name + "\"; there are "
                        + ServiceImage.ALL.stream().map(ServiceImage::name).toList());
            }
        }
        return ServiceImage.ALL.stream()
                .filter(image -> names.isEmpty() || names.contains(image.name()))
                .toList();
    }

    private String reference(ServiceImage image, String imageTag) {
        String prefix = destination.registry == null ? "surstream" : destination.registry;
        return prefix + "/" + image.name() + ":" + imageTag + variant.tagSuffix();
    }

    private Containerizer target(ServiceImage image, String reference) throws Exception {
        if (destination.folder != null) {
            Files.createDirectories(destination.folder);
            return Containerizer.to(TarImage.at(destination.folder.resolve(image.name() + ".tar"))
                    .named(reference));
        }
        ImageReference parsed = ImageReference.parse(reference);
        CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(parsed, event -> {});
        return Containerizer.to(RegistryImage.named(parsed)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers()));
    }
}
