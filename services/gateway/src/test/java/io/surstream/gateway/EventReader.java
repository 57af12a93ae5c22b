package io.surstream.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads one event stream in the background, line by line. */
final class EventReader {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended;

    EventReader(URI uri) {
        ended = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                .thenAccept(this::read);
    }

    private void read(HttpResponse<Stream<String>> response) {
        response.body().forEach(lines::add);
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    boolean saw(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /** Names of the events so far. */
    List<String> events() {
        return lines.stream()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring(6).trim())
                .toList();
    }

    String lastId() {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring(3)
                .trim();
    }
}
