package io.surstream.trainer.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the cluster knows of its runs: requests, which of them are open, stops, frozen example lists and ends.
 * Everything but the mark of an open run is written at most once, so a run always has one request, one list and one
 * end. Thread-safe.
 */
public final class RunStore {
    private static final String PROTOBUF = "application/protobuf";

    private final ObjectStore objects;

    public RunStore(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Makes the request the run's own, unless it has one.
     *
     * @return the run's request from now on
     */
    public TrainingRequested settleRequest(TrainingRequested proposal) {
        return settle(RunKeys.request(proposal.getRunId()), proposal, TrainingRequested.parser());
    }

    public Optional<TrainingRequested> findRequest(String runId) {
        return find(RunKeys.request(runId), TrainingRequested.parser());
    }

    /** Lets trainers see the run. */
    public void open(TrainingRequested request) {
        objects.putIfAbsent(RunKeys.open(request.getRunId()), request.toByteArray(), PROTOBUF);
    }

    /** Takes the run out of the trainers' sight. */
    public void close(String runId) {
        objects.delete(RunKeys.open(runId));
    }

    /** Runs that have not ended, the one that waits for longest first. */
    public List<TrainingRequested> openRuns() {
        List<TrainingRequested> runs = new ArrayList<>();
        for (ListedObject open : objects.list(RunKeys.OPEN)) {
            find(open.key(), TrainingRequested.parser())
                    .filter(run -> open.key().equals(RunKeys.open(run.getRunId())))
                    .ifPresent(runs::add);
        }
        runs.sort(Comparator.comparingLong(TrainingRequested::getRequestedAtMs));
        return runs;
    }

    /** The trainer that has the run, or takes it, will end it. */
    public void stop(TrainingRequested stop) {
        objects.putIfAbsent(RunKeys.stop(stop.getRunId()), stop.toByteArray(), PROTOBUF);
    }

    public Optional<TrainingRequested> findStop(String runId) {
        return find(RunKeys.stop(runId), TrainingRequested.parser());
    }

    /**
     * Makes {@code proposal} the run's end, unless it has one.
     *
     * @return the run's end from now on
     */
    public TrainingProgressed commitResult(TrainingProgressed proposal) {
        return settle(RunKeys.end(proposal.getRunId()), proposal, TrainingProgressed.parser());
    }

    public Optional<TrainingProgressed> findResult(String runId) {
        return find(RunKeys.end(runId), TrainingProgressed.parser());
    }

    /** Freezes whose vectors the run learns from, unless that is done. */
    public TeacherChoice settleTeacher(String runId, TeacherChoice proposal) {
        return settle(RunKeys.teacher(runId), proposal, TeacherChoice.parser());
    }

    public Optional<TeacherChoice> findTeacher(String runId) {
        return find(RunKeys.teacher(runId), TeacherChoice.parser());
    }

    /**
     * Freezes what the run trains on, unless that is done; so the next owner of the run trains on the same.
     *
     * @return the run's examples from now on, in the order of their ids
     */
    public List<ExampleCurated> settleExamples(String runId, List<ExampleCurated> proposal) {
        List<ExampleCurated> sorted = proposal.stream()
                .sorted(Comparator.comparing(ExampleCurated::getExampleId))
                .toList();
        objects.putIfAbsent(RunKeys.examples(runId), packed(sorted), "application/gzip");
        return findExamples(runId).orElseThrow();
    }

    public Optional<List<ExampleCurated>> findExamples(String runId) {
        String key = RunKeys.examples(runId);
        return objects.find(key).map(found -> unpacked(key, objects.get(key)));
    }

    private <T extends Message> T settle(String key, T proposal, Parser<T> parser) {
        return objects.putIfAbsent(key, proposal.toByteArray(), PROTOBUF)
                ? proposal
                : find(key, parser).orElseThrow();
    }

    private <T extends Message> Optional<T> find(String key, Parser<T> parser) {
        try {
            return Optional.of(parser.parseFrom(objects.get(key)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(key + " is not what a trainer wrote; remove the object", e);
        }
    }

    private static byte[] packed(List<ExampleCurated> examples) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            for (ExampleCurated example : examples) {
                example.writeDelimitedTo(zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into memory", e);
        }
        return bytes.toByteArray();
    }

    private static List<ExampleCurated> unpacked(String key, byte[] content) {
        List<ExampleCurated> examples = new ArrayList<>();
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            ExampleCurated example = ExampleCurated.parseDelimitedFrom(zip);
            while (example != null) {
                examples.add(example);
                example = ExampleCurated.parseDelimitedFrom(zip);
            }
        } catch (IOException e) {
            throw new IllegalStateException(key + " is not what a trainer wrote; remove the object", e);
        }
        return examples;
    }
}
