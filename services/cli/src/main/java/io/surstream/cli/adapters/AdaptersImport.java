package io.surstream.cli.adapters;

import io.surstream.cli.option.BucketOption;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.GivenName;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.Sha256;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.text.ClipTextConfig;
import io.surstream.storage.ObjectStore;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings an adapter from a file into the store and announces it like one of the trainer's checkpoints. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Publish an adapter from a file as a checkpoint, to be evaluated and promoted.")
final class AdaptersImport implements Callable<Integer> {
    private static final int REVISION_LENGTH = 16;

    @Spec
    CommandSpec command;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "Safetensors, a published .pt, or a folder with adapter.safetensors; or a model's name for its"
                            + " bundled adapter, for example 'playground'.")
    String source;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Takes the place of a run's id.")
    String name;

    @Option(names = "--weight", paramLabel = "SCALE", description = "λ in 0..1 (default: the file's own).")
    Double weight;

    @Option(names = "--layout", paramLabel = "L", description = "token or reference (default: the file's own).")
    AdapterLayout layout;

    @Option(
            names = "--model",
            paramLabel = "REF",
            description = "The adapter's base model (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Mixin
    BucketOption bucket;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException {
        GivenName.require("--name", name);
        AdapterService service = new AdapterService(connection);
        ModelFolder base = ModelResolver.standard(Map.of()).resolve(model);
        Path folder = Files.createTempDirectory("surstream-import-");
        try {
            ImportedAdapter adapter = ImportedAdapter.into(
                    folder,
                    file(),
                    weight == null ? OptionalDouble.empty() : OptionalDouble.of(weight),
                    Optional.ofNullable(layout),
                    width(base));
            String revision = adapter.sha256().substring(0, REVISION_LENGTH);
            requireFree(service.catalog(), revision);
            service.publish(upload(service, folder, adapter, revision, base));
            command.commandLine().getOut().println(revision);
            command.commandLine().getOut().flush();
        } finally {
            Files.deleteIfExists(folder.resolve(ImportedAdapter.FILE));
            Files.deleteIfExists(folder.resolve(Manifest.NAME));
            Files.delete(folder);
        }
        return 0;
    }

    private Path file() {
        if (Files.exists(Path.of(source))) {
            return Path.of(source);
        }
        return ModelResolver.standard(Map.of())
                .resolve(source)
                .adapter()
                .orElseThrow(() -> new CommandFailedException("the model " + source + " has no adapter of its own"));
    }

    private static int width(ModelFolder base) {
        return ClipTextConfig.from(
                        ConfigFile.read(base.component("text_encoder").resolve("config.json")))
                .hiddenSize();
    }

    /** A name always means the same adapter. */
    private void requireFree(AdapterCatalog catalog, String revision) {
        CheckpointPublished taken = catalog.published().get(name + "/0");
        if (taken != null && !taken.getRevision().equals(revision)) {
            throw new CommandFailedException(
                    "--name " + name + " is taken by adapter " + taken.getRevision() + "; choose another");
        }
    }

    /** The manifest last. */
    private CheckpointPublished upload(
            AdapterService service, Path folder, ImportedAdapter adapter, String revision, ModelFolder base) {
        String prefix = "adapters/imported/" + revision + "/";
        try (ObjectStore store = service.store(connection.bucket(bucket.name()))) {
            ObjectReference weights = put(store, prefix, folder.resolve(ImportedAdapter.FILE));
            return CheckpointPublished.newBuilder()
                    .setRunId(name)
                    .setRevision(revision)
                    .setAdapter(weights)
                    .setManifest(put(store, prefix, folder.resolve(Manifest.NAME)))
                    .setAdapterWeight((float) adapter.weight())
                    .setLayout(adapter.layout().toString())
                    .setModelRevision(base.revision())
                    .setFinal(true)
                    .setPublishedAtMs(System.currentTimeMillis())
                    .build();
        }
    }

    private static ObjectReference put(ObjectStore store, String prefix, Path file) {
        String key = prefix + file.getFileName();
        long size = store.put(key, file, "application/octet-stream").size();
        return ObjectReference.newBuilder()
                .setBucket(store.bucket())
                .setKey(key)
                .setSha256(Sha256.of(file))
                .setSize(size)
                .setContentType("application/octet-stream")
                .build();
    }
}
