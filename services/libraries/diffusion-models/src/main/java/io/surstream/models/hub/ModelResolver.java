package io.surstream.models.hub;

import io.surstream.contract.Sha256;
import io.surstream.models.BundledModel;
import io.surstream.models.CacheFolder;
import io.surstream.models.LocatedModel;
import io.surstream.models.ModelFetcher;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import io.surstream.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * From a reference to a model's folder: the name of a bundled model ({@code playground}), a folder, {@code s3://bucket/prefix}
 * or {@code hf://owner/name[@revision]}. Files from elsewhere are kept in a cache folder and used again. Thread-safe;
 * several processes may share one cache.
 */
public final class ModelResolver {
    private final Path cache;
    private final Map<String, ModelFetcher> fetchers;
    private final HuggingFaceHub hub;
    private final List<BundledModel> bundled = new ArrayList<>();

    /**
     * @param cache where bundled and fetched models are unpacked
     * @param fetchers by scheme, for example {@code s3}
     * @param environment HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE, as the Python tools read them
     */
    public ModelResolver(Path cache, Map<String, ModelFetcher> fetchers, Map<String, String> environment) {
        this.cache = cache;
        this.fetchers = Map.copyOf(fetchers);
        this.hub = HuggingFaceHub.of(environment);
        ServiceLoader.load(BundledModel.class, ModelResolver.class.getClassLoader())
                .forEach(bundled::add);
    }

    /** With the process's environment, and the user's cache folder ({@code XDG_CACHE_HOME} or {@code ~/.cache}). */
    public static ModelResolver standard(Map<String, ModelFetcher> fetchers) {
        Map<String, String> environment = System.getenv();
        return new ModelResolver(CacheFolder.of(environment).resolve("models"), fetchers, environment);
    }

    /**
     * Folders that a process with models writes to, by what they are for: {@code cache} holds what was fetched from object storage or
     * unpacked, {@code hub} what came from the Hugging Face Hub, {@code libtorch} the native libraries. None need be there yet.
     */
    public static Map<String, Path> writtenFolders(Map<String, String> environment) {
        return Map.of(
                "cache",
                CacheFolder.of(environment),
                "hub",
                HuggingFaceHub.folder(environment),
                "libtorch",
                TorchRuntime.librariesFolder());
    }

    /**
     * A text-to-image model.
     *
     * @throws ModelFolderException if the reference leads nowhere, cannot be fetched, or leads to something that is no model
     */
    public ModelFolder resolve(String reference) {
        LocatedModel located = locate(reference, ModelLayout.DIFFUSERS);
        return ModelFolder.open(located.path(), located.name());
    }

    /**
     * The folder that a reference leads to, fetched or unpacked where it is not here yet.
     *
     * @param layout what is looked for: which bundled models count, and which files of a repository are fetched
     * @throws ModelFolderException if the reference leads nowhere, or cannot be fetched
     */
    public LocatedModel locate(String reference, ModelLayout layout) {
        if (reference == null || reference.isBlank()) {
            throw new ModelFolderException("model reference is empty; " + kinds(layout));
        }
        Optional<BundledModel> inJar =
                bundled(layout).filter(model -> model.name().equals(reference)).findFirst();
        if (inJar.isPresent()) {
            return new LocatedModel(unpack(inJar.get()), reference);
        }
        int scheme = reference.indexOf("://");
        if (scheme < 0) {
            return folder(reference, layout);
        }
        if (reference.startsWith("hf://")) {
            HuggingFaceReference model = HuggingFaceReference.parse(reference);
            return new LocatedModel(hub.snapshot(model, layout), model.repository());
        }
        ModelFetcher fetcher = fetchers.get(reference.substring(0, scheme));
        if (fetcher == null) {
            throw new ModelFolderException(
                    "model reference " + reference + " has a scheme that cannot be fetched here; " + kinds(layout));
        }
        return new LocatedModel(fetch(reference, fetcher), reference);
    }

    private LocatedModel folder(String reference, ModelLayout layout) {
        Path path;
        try {
            path = Path.of(reference);
        } catch (InvalidPathException e) {
            throw new ModelFolderException("model reference " + reference + " is no path; " + kinds(layout), e);
        }
        if (!Files.exists(path)) {
            throw new ModelFolderException(
                    "model " + reference + " is neither a bundled model nor a folder; " + kinds(layout));
        }
        return new LocatedModel(
                path, String.valueOf(path.toAbsolutePath().normalize().getFileName()));
    }

    private Stream<BundledModel> bundled(ModelLayout layout) {
        return bundled.stream().filter(model -> model.layout() == layout);
    }

    private String kinds(ModelLayout layout) {
        List<String> kinds =
                new ArrayList<>(bundled(layout).map(BundledModel::name).sorted().toList());
        kinds.add("a folder");
        fetchers.keySet().stream().sorted().forEach(scheme -> kinds.add(scheme + "://…"));
        kinds.add("hf://owner/name[@revision]");
        return "known: " + String.join(", ", kinds);
    }

    /** Unpacked under a name made of its content, so that another build never meets another's files. */
    private Path unpack(BundledModel model) {
        try {
            MessageDigest digest = Sha256.digest();
            for (String file : model.files()) {
                try (InputStream in = model.open(file)) {
                    digest.update(file.getBytes(StandardCharsets.UTF_8));
                    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                }
            }
            String id = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
            return once(cache.resolve("bundled").resolve(model.name() + "-" + id), part -> {
                for (String file : model.files()) {
                    Path target = part.resolve(file);
                    Files.createDirectories(target.getParent());
                    try (InputStream in = model.open(file)) {
                        Files.copy(in, target);
                    }
                }
            });
        } catch (IOException e) {
            throw new ModelFolderException(
                    "bundled model " + model.name() + " cannot be unpacked to " + cache + ": " + e, e);
        }
    }

    private Path fetch(String reference, ModelFetcher fetcher) {
        URI uri;
        try {
            uri = URI.create(reference);
        } catch (IllegalArgumentException e) {
            throw new ModelFolderException("model reference " + reference + " is no URI", e);
        }
        String id = Sha256.of(reference.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        try {
            return once(cache.resolve("fetched").resolve(id), part -> fetcher.fetch(uri, part));
        } catch (IOException e) {
            throw new ModelFolderException("model " + reference + " cannot be fetched: " + e.getMessage(), e);
        }
    }

    private interface Filling {
        void into(Path part) throws IOException;
    }

    /** Fills a folder beside the target and renames it, so that nobody ever sees half a model. */
    private static Path once(Path target, Filling filling) throws IOException {
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(target.getParent());
        Path part = Files.createTempDirectory(target.getParent(), ".part-");
        try {
            filling.into(part);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                return target; // another process was faster
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target);
            }
            return target;
        } finally {
            delete(part);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
