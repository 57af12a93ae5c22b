package io.surstream.curator.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.surstream.curator.report.ImportStatistics;
import io.surstream.curator.select.Digest64;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.CurationReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects of one import: {@code curated/datasets/<dataset>/imports/<source digest>/} with {@code started}, {@code journal/…} and
 * {@code report.json}. The same source into the same dataset is the same import, however often it is asked for.
 */
public final class ImportRecord {
    private final ObjectStore store;
    private final String dataset;
    private final String folder;

    /**
     * @param store stays the caller's
     * @param source kind and full name
     */
    public ImportRecord(ObjectStore store, String dataset, String source) {
        this.store = store;
        this.dataset = dataset;
        this.folder = imports(dataset) + Digest64.hex(source).substring(0, 16) + '/';
    }

    /** When the import first began: stored once by the first call. */
    public long startedAtMs(long nowMs) {
        String key = folder + "started";
        byte[] now = Long.toString(nowMs).getBytes(StandardCharsets.US_ASCII);
        store.putIfAbsent(key, now, "text/plain");
        return Long.parseLong(new String(store.get(key), StandardCharsets.US_ASCII));
    }

    public Journal journal() {
        return Journal.open(store, folder + "journal/");
    }

    /** Receives every item that other imports published into the dataset. */
    public void others(Consumer<Entry> listener) {
        int name = imports(dataset).length();
        store.list(imports(dataset)).stream()
                .map(object -> object.key().substring(0, object.key().indexOf('/', name) + 1))
                .distinct()
                .filter(other -> !other.equals(folder))
                .forEach(other -> Journal.read(store, other + "journal/", entry -> {
                    if (entry.rejection().isEmpty()) {
                        listener.accept(entry);
                    }
                }));
    }

    /** Keeps the latest counts of this import. */
    public void keep(CurationReport report) {
        try {
            byte[] json = JsonFormat.printer().print(report).getBytes(StandardCharsets.UTF_8);
            store.put(folder + "report.json", json, "application/json");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a report without Any fields always has a JSON form", e);
        }
    }

    /** All imports of a dataset together; empty when there are none. */
    public static Optional<CurationReport> report(ObjectStore store, String dataset) {
        List<CurationReport> reports = new ArrayList<>();
        store.list(imports(dataset)).stream()
                .filter(object -> object.key().endsWith("/report.json"))
                .forEach(object -> reports.add(parse(object.key(), store.get(object.key()))));
        return reports.isEmpty() ? Optional.empty() : Optional.of(ImportStatistics.sum(dataset, reports));
    }

    private static CurationReport parse(String key, byte[] json) {
        try {
            CurationReport.Builder report = CurationReport.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(new String(json, StandardCharsets.UTF_8), report);
            return report.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(key + " is no report: delete it and import again", e);
        }
    }

    private static String imports(String dataset) {
        return "curated/datasets/" + dataset + "/imports/";
    }
}
