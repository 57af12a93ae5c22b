package io.surstream.teacher.kafka;

import io.surstream.contract.training.EmbeddingKey;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which prompts have a committed result of one teacher, layer and pooling: the whole key space, whichever instance
 * published it, as of the last refresh. It takes about 150 bytes a prompt. One thread.
 */
final class EmbeddedPromptIndex implements KnownResults, AutoCloseable {
    private final TeacherChoice choice;
    private final Supplier<TopicScan<PromptEmbedded>> scans;
    private final Set<String> keys = new HashSet<>();
    private TopicScan<PromptEmbedded> scan;

    /** @param scans opens examples.embedded; what is known is kept when one breaks, and the next starts from the beginning */
    EmbeddedPromptIndex(TeacherChoice choice, Supplier<TopicScan<PromptEmbedded>> scans) {
        this.choice = choice;
        this.scans = scans;
    }

    @Override
    public void refresh() {
        try {
            if (scan == null) {
                scan = scans.get();
            }
            scan.toEnd(incoming -> add(incoming.event()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(PromptEmbedded embedded) {
        if (embedded.getTeacher().equals(choice)) {
            keys.add(EmbeddingKey.of(choice, embedded.getPrompt()));
        }
    }

    @Override
    public boolean has(String prompt) {
        return keys.contains(EmbeddingKey.of(choice, prompt));
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
