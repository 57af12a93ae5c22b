package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.processes.Fleet;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.TopicReader;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEmbedded;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Work for curator and teacher: the command imports scenes, whose sentences are to be taught, and somebody asks the teacher all the while. One thread. */
final class ExampleLoad implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String DATASET = "rolled";
    private static final int EXAMPLES = 1200;
    private static final int SOME = 100;
    private static final int PAUSE_MILLIS = 100;

    private final Fleet fleet;
    private final GrpcEdge teacher;
    private final TopicReader curated;
    private final TopicReader embeddings;
    private final int embeddingsBefore;
    private final ExecutorService callers = Executors.newFixedThreadPool(2);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Future<String> imported;
    private final Future<Integer> embedded;

    /** Begins both. */
    ExampleLoad(Fleet fleet) {
        this.fleet = fleet;
        teacher = new GrpcEdge(fleet.all("llm-teacher").get(0));
        curated = fleet.topic("examples.curated");
        embeddings = fleet.topic("examples.embedded");
        embeddingsBefore = embeddings.all(any -> true).size();
        imported = callers.submit(this::importScenes);
        embedded = callers.submit(this::embedUntilEnough);
    }

    /** @return all that the command said, the report last */
    private String importScenes() {
        return fleet.command(
                "dataset", "import", "playground:" + EXAMPLES + "?seed=11", "--dataset", DATASET, "--json");
    }

    /** @return how many sentences were asked for, and answered */
    private int embedUntilEnough() throws InterruptedException {
        int count = 0;
        while (!enough.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            String sentence = "one more " + Marked.WORD + ", number " + ++count;
            EmbedRequest request =
                    EmbedRequest.newBuilder().addPrompts(sentence).build();
            PromptEmbedded answer = teacher.ask(
                            channel -> LlmTeacherGrpc.newBlockingStub(channel).embed(request))
                    .getPrompts(0);
            assertEquals(sentence, answer.getPrompt());
        }
        return count;
    }

    /** Returns when the import is under way. */
    void awaitSomeImported() {
        curated.await(SOME, ExampleLoad::isOurs, LIMIT);
    }

    /** Returns when some of the import's sentences have their embeddings. */
    void awaitSomeEmbedded() {
        embeddings.await(embeddingsBefore + SOME, any -> true, LIMIT);
    }

    /** Waits for the rest; every example is there once, every sentence has one embedding, and no call was answered wrongly. */
    void requireEachOnce() throws Exception {
        List<String> said =
                imported.get(LIMIT.toSeconds(), TimeUnit.SECONDS).lines().toList();
        JsonNode stages = RestEdge.json(said.get(said.size() - 1)).path("stages");
        assertEquals(EXAMPLES, stages.path(stages.size() - 1).path("kept").asInt(), said::toString);
        assertTrue(
                said.stream().anyMatch(line -> line.contains("waiting up to 600 s for the curator")),
                () -> "the import was over before its curator was restarted: " + said);
        List<ConsumerRecord<String, byte[]>> examples = curated.all(ExampleLoad::isOurs);
        assertEquals(EXAMPLES, examples.size(), "published examples");
        assertEquals(
                EXAMPLES, examples.stream().map(ConsumerRecord::key).distinct().count());
        requireEmbeddings(examples.stream()
                .map(example -> example(example).getSimplePrompt())
                .collect(Collectors.toSet()));
        enough.countDown();
        assertTrue(embedded.get(LIMIT.toSeconds(), TimeUnit.SECONDS) > 1);
        assertTrue(teacher.repetitions() > 0, "who asked the teacher was not sent away once");
    }

    private void requireEmbeddings(Set<String> sentences) {
        embeddings.await(sentences.size(), record -> sentences.contains(sentence(record)), LIMIT);
        List<String> found = embeddings.all(record -> sentences.contains(sentence(record))).stream()
                .map(ExampleLoad::sentence)
                .sorted()
                .toList();
        assertEquals(sentences.stream().sorted().toList(), found);
    }

    private static boolean isOurs(ConsumerRecord<String, byte[]> record) {
        return example(record).getDataset().equals(DATASET);
    }

    private static ExampleCurated example(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(ExampleCurated.parser(), record);
    }

    private static String sentence(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(PromptEmbedded.parser(), record).getPrompt();
    }

    @Override
    public void close() {
        callers.shutdownNow();
        teacher.close();
        curated.close();
        embeddings.close();
    }
}
