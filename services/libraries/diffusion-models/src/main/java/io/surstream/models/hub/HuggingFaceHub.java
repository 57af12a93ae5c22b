package io.surstream.models.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Models of the Hugging Face Hub in the cache that its own tools keep: {@code models--owner--name/blobs}, {@code refs} and
 * {@code snapshots}. What Python downloaded is found here, and the other way round.
 */
final class HuggingFaceHub {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final Path cache;
    private final boolean offline;
    private final HubConnection connection;

    private HuggingFaceHub(Path cache, boolean offline, HubConnection connection) {
        this.cache = cache;
        this.offline = offline;
        this.connection = connection;
    }

    static HuggingFaceHub of(Map<String, String> environment) {
        Path home = home(environment);
        String offline = environment.getOrDefault("HF_HUB_OFFLINE", "").toUpperCase();
        return new HuggingFaceHub(
                folder(environment),
                Set.of("1", "ON", "YES", "TRUE").contains(offline),
                new HubConnection(
                        URI.create(environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co")),
                        token(environment, home)));
    }

    /** Where its own tools keep models. */
    static Path folder(Map<String, String> environment) {
        return path(environment, "HF_HUB_CACHE").orElse(home(environment).resolve("hub"));
    }

    private static Path home(Map<String, String> environment) {
        return path(environment, "HF_HOME").orElseGet(() -> path(environment, "XDG_CACHE_HOME")
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("huggingface"));
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Optional<String> token(Map<String, String> environment, Path home) {
        Optional<String> given = Optional.ofNullable(environment.get("HF_TOKEN"));
        if (given.isEmpty() && Files.isReadable(home.resolve("token"))) {
            try {
                given = Optional.of(Files.readString(home.resolve("token")));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return given.map(String::strip).filter(token -> !token.isEmpty());
    }

    /** The local snapshot of a model, downloaded where it is not there yet. */
    Path snapshot(HuggingFaceReference model, ModelLayout layout) {
        Path repository = cache.resolve(model.cacheName());
        try {
            Optional<Path> local = local(repository, model, layout);
            if (local.isPresent() && (offline || model.namesCommit())) {
                return local.get();
            }
            if (offline) {
                throw new ModelFolderException("hf://" + model.repository() + "@" + model.revision() + " is not in "
                        + cache + " and HF_HUB_OFFLINE is set");
            }
            return download(repository, model, layout, local);
        } catch (IOException e) {
            throw new ModelFolderException("hf://" + model.repository() + " cannot be kept in " + cache + ": " + e, e);
        }
    }

    private static Optional<Path> local(Path repository, HuggingFaceReference model, ModelLayout layout)
            throws IOException {
        Path ref = repository.resolve("refs").resolve(model.revision());
        String commit = model.namesCommit()
                ? model.revision()
                : Files.isRegularFile(ref) ? Files.readString(ref).strip() : "";
        Path snapshot = repository.resolve("snapshots").resolve(commit.isEmpty() ? "none" : commit);
        // another tool may have fetched a part only
        return layout.isWhole(snapshot) ? Optional.of(snapshot) : Optional.empty();
    }

    private Path download(Path repository, HuggingFaceReference model, ModelLayout layout, Optional<Path> local)
            throws IOException {
        JsonNode listing;
        try {
            String path = "api/models/" + model.repository() + "/revision/" + model.revision();
            listing = new ObjectMapper().readTree(connection.text(path));
        } catch (HubConnection.Unreachable e) {
            if (local.isPresent()) {
                return local.get(); // as the Hub's own tools do: what is here serves when the Hub does not answer
            }
            throw new ModelFolderException("hf://" + model.repository() + ": " + e.getMessage(), e);
        }
        String commit = listing.path("sha").asText();
        if (!COMMIT.matcher(commit).matches()) {
            throw new ModelFolderException("hf://" + model.repository() + ": the Hub answered without a commit");
        }
        Path snapshot = repository.resolve("snapshots").resolve(commit);
        for (String file : wanted(listing, model, layout)) {
            fetch(repository, model, commit, file, snapshot.resolve(file));
        }
        Path ref = repository.resolve("refs").resolve(model.revision());
        Files.createDirectories(ref.getParent());
        Files.writeString(ref, commit);
        return snapshot;
    }

    /** The files to fetch; the index comes last, so that a snapshot of ours that has it is whole. */
    private static List<String> wanted(JsonNode listing, HuggingFaceReference model, ModelLayout layout) {
        List<String> wanted = new ArrayList<>();
        listing.path("siblings")
                .forEach(file -> wanted.add(file.path("rfilename").asText()));
        wanted.removeIf(file -> !layout.wants(file));
        if (!wanted.remove(layout.index())) {
            throw new ModelFolderException("hf://" + model.repository() + " is no model in "
                    + layout.name().toLowerCase(Locale.ROOT) + " layout: it has no " + layout.index());
        }
        wanted.add(layout.index());
        return wanted;
    }

    private void fetch(Path repository, HuggingFaceReference model, String commit, String file, Path target)
            throws IOException {
        if (Files.exists(target)) {
            return;
        }
        String path = model.repository() + "/resolve/" + commit + "/" + file;
        try {
            Path blob = new HubFile(connection, path, repository.resolve("blobs"), locks(model)).fetch();
            Files.createDirectories(target.getParent());
            link(target, blob);
        } catch (HubConnection.Unreachable e) {
            throw new ModelFolderException("hf://" + model.repository() + "/" + file + ": " + e.getMessage(), e);
        }
    }

    private Path locks(HuggingFaceReference model) {
        return cache.resolve(".locks").resolve(model.cacheName());
    }

    private static void link(Path target, Path blob) throws IOException {
        try {
            Files.createSymbolicLink(target, target.getParent().relativize(blob));
        } catch (FileAlreadyExistsException e) {
            return; // another process was faster
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(blob, target, StandardCopyOption.REPLACE_EXISTING); // no symbolic links here
        }
    }
}
